//! Spans on their way through the real OTLP exporter, to a receiver in this process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use cuprum::lab::{Lab, Script};
use cuprum::observe::Spans;
use cuprum::prelude::*;
use http::{Request, Response};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_sdk::trace::SdkTracerProvider;
use prost::Message as _;

use crate::scene::{Git, Head};

/// How long anything may take.
const LONG: Duration = Duration::from_secs(60);

/// Speaks HTTP/1.1 to the loopback, which is all that the exporter needs here.
#[derive(Debug)]
struct Loopback;

#[async_trait]
impl HttpClient for Loopback {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let authority = request.uri().authority().ok_or("no authority")?.as_str();
        let mut stream = TcpStream::connect(authority)?;
        stream.set_read_timeout(Some(LONG))?;
        let (path, body) = (request.uri().path(), request.body());
        write!(stream, "POST {path} HTTP/1.1\r\nhost: {authority}\r\ncontent-length: {}\r\n", body.len())?;
        for (name, value) in request.headers() {
            write!(stream, "{name}: {}\r\n", value.to_str()?)?;
        }
        stream.write_all(b"connection: close\r\n\r\n")?;
        stream.write_all(body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status: u16 = answer.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok(Response::builder().status(status).body(Bytes::new())?)
    }
}

/// Takes one request: its path, its type, and what is in it.
fn receive(listener: &TcpListener) -> (String, String, Vec<u8>) {
    let (stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    let mut reader = BufReader::new(stream);
    let (mut path, mut kind, mut length) = (String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        } else if let Some(rest) = line.strip_prefix("post ") {
            path = rest.split(' ').next().unwrap().to_owned();
        } else if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        } else if let Some(value) = line.strip_prefix("content-type: ") {
            kind = value.to_owned();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    (path, kind, body)
}

#[test]
fn a_collector_gets_the_spans() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    let receiver = std::thread::spawn(move || receive(&listener));
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Loopback)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .with_timeout(LONG)
        .build()
        .unwrap();
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
    let lab = Lab::new().on_program::<Git>(Script::exit(3)).on_program::<Head>(Script::new());
    let cx = lab.cx().with_observer(Spans::by(provider.tracer("cuprum")));
    lab.run(async {
        cx.run(cmd!(Git, "log -n 5")).await.unwrap_err();
        cx.run(cmd!(Head, "-n 1")).await.unwrap();
    });
    provider.force_flush().unwrap();
    let (path, kind, body) = receiver.join().unwrap();
    assert_eq!((path.as_str(), kind.as_str()), ("/v1/traces", "application/x-protobuf"));
    let request = ExportTraceServiceRequest::decode(&*body).unwrap();
    let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
    let spans: Vec<_> = scopes.flat_map(|scope| scope.spans).collect();
    let names: Vec<_> = spans.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(names, ["cuprum.exec git", "cuprum.exec head"]);
    let value = |name: &str| {
        let pair = spans[0].attributes.iter().find(|pair| pair.key == name).unwrap();
        pair.value.clone().unwrap().value.unwrap()
    };
    assert_eq!(value("process.exit.code"), Value::IntValue(3));
    assert_eq!(value("error.type"), Value::StringValue("exit".to_owned()));
    let Value::ArrayValue(words) = value("process.command_args") else { panic!("no array") };
    assert_eq!(words.values.len(), 4);
    // 2 is `STATUS_CODE_ERROR`, and 3 is `SPAN_KIND_CLIENT`.
    assert_eq!(
        spans.iter().map(|span| span.status.clone().unwrap_or_default().code).collect::<Vec<_>>(),
        [2, 0]
    );
    assert!(spans.iter().all(|span| span.kind == 3 && span.end_time_unix_nano >= span.start_time_unix_nano));
}
