//! The lines of a cassette's file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u64 = 1;

/// Texts from this length on are compressed where that makes them shorter.
const LARGE: usize = 4 << 10;

/// How hard it is tried; 6 is what zlib does by default.
const LEVEL: u8 = 6;

/// What a chunk may become at most when it is decompressed: more than any pipe gives at once.
const LARGEST: usize = 64 << 20;

/// One line. Which of its fields there are says what kind it is.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cassette: Option<u64>,
    /// What wrote the file; for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<Run>,
    /// Microseconds since the run's start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) out: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) err: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) asked_to_end: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exit: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signal: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<i32>,
}

/// The first line of a run.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Run {
    pub(super) argv: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dir: Option<Text>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) env: BTreeMap<String, Option<Text>>,
    /// How long the input was, if it was bytes; for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stdin: Option<u64>,
    /// The library asked the program for its version.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) version: bool,
}

/// Bytes: as text where they are text, and compressed where they are many.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Text {
    Plain(String),
    #[serde(rename_all = "snake_case")]
    Base64 {
        base64: String,
    },
    Deflate {
        deflate: String,
        length: usize,
    },
}

impl Text {
    pub(super) fn new(bytes: &[u8]) -> Self {
        if bytes.len() >= LARGE {
            let packed = miniz_oxide::deflate::compress_to_vec_zlib(bytes, LEVEL);
            if packed.len() < bytes.len() / 2 {
                return Self::Deflate { deflate: STANDARD.encode(packed), length: bytes.len() };
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Plain(text.to_owned()),
            Err(_) => Self::Base64 { base64: STANDARD.encode(bytes) },
        }
    }

    pub(super) fn into_bytes(self) -> Result<Vec<u8>, String> {
        let decode =
            |text: &str| STANDARD.decode(text).map_err(|error| format!("the base64 text is wrong: {error}"));
        match self {
            Self::Plain(text) => Ok(text.into_bytes()),
            Self::Base64 { base64 } => decode(&base64),
            Self::Deflate { length, .. } if length > LARGEST => {
                Err(format!("{length} bytes are more than a chunk has"))
            }
            Self::Deflate { deflate, length } => {
                let packed = decode(&deflate)?;
                let bytes = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, length)
                    .map_err(|error| format!("the compressed text is wrong: {error}"))?;
                match bytes.len() == length {
                    true => Ok(bytes),
                    false => Err(format!("the compressed text has {} bytes, not {length}", bytes.len())),
                }
            }
        }
    }

    pub(super) fn into_os(self) -> Result<OsString, String> {
        self.into_bytes().map(OsString::from_vec)
    }

    pub(super) fn of(text: &std::ffi::OsStr) -> Self {
        Self::new(text.as_bytes())
    }
}
