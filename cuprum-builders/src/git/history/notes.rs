//! `git notes`: texts about objects, beside them.

use cuprum::Command;

use crate::args::{GitRef, ObjectName, Revision};
use crate::git::{Git, Note, RawText};

/// Writes commands about notes: each has the ref that they are kept in.
macro_rules! notes {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$of])* pub $field: $type,)*
            /// The ref that they are kept in, in full: `refs/notes/commits` by default, or as configured.
            #[arg(env = "GIT_NOTES_REF")]
            pub notes_ref: Option<GitRef>,
        }
    };
}

notes!(
    /// Lists the notes (git-notes(1)).
    #[derive(Clone, Debug, Command)]
    #[command(
        program = Git,
        subcommand = ["notes", "list"],
        fn = notes,
        output = Vec<Note>,
        parse = Note::read_list,
        tier = read
    )]
    GitNotes {}
);

notes!(
    /// Returns the note of an object (git-notes(1)); it fails if there is none.
    #[derive(Clone, Debug, Command)]
    #[command(
        program = Git,
        subcommand = ["notes", "show"],
        fn = note,
        output = RawText,
        parse = RawText::read,
        tier = read
    )]
    GitNoteShow {
        /// The object.
        #[arg(positional)]
        object: ObjectName,
    }
);

notes!(
    /// Gives an object a note (git-notes(1)).
    #[derive(Clone, Debug, Command)]
    #[command(program = Git, subcommand = ["notes", "add"], fixed("--file=-"), fn = note_add, tier = write)]
    GitNoteAdd {
        /// Replaces a note that is there.
        #[arg(danger = "loss")]
        force: bool,
        /// Takes a note without text.
        allow_empty: bool,
        /// Takes white space away that says nothing, or does not; by default it does.
        #[arg(negatable, since = "2.42")]
        stripspace: Option<bool>,
        /// The text, which goes to git's standard input.
        #[arg(stdin)]
        text: String,
        /// The object.
        #[arg(positional)]
        object: ObjectName,
    }
);

notes!(
    /// Adds to the note of an object, behind an empty line, or gives it one (git-notes(1)).
    #[derive(Clone, Debug, Command)]
    #[command(
        program = Git,
        subcommand = ["notes", "append"],
        fixed("--file=-"),
        fn = note_append,
        tier = write
    )]
    GitNoteAppend {
        /// Takes a note without text.
        allow_empty: bool,
        /// Takes white space away that says nothing, or does not; by default it does.
        #[arg(negatable, since = "2.42")]
        stripspace: Option<bool>,
        /// The text, which goes to git's standard input.
        #[arg(stdin)]
        text: String,
        /// The object.
        #[arg(positional)]
        object: ObjectName,
    }
);

notes!(
    /// Gives an object the note of another (git-notes(1)).
    #[derive(Clone, Debug, Command)]
    #[command(program = Git, subcommand = ["notes", "copy"], fn = note_copy, tier = write)]
    GitNoteCopy {
        /// Replaces a note that is there.
        #[arg(danger = "loss")]
        force: bool,
        /// The object with the note.
        #[arg(positional)]
        from: ObjectName,
        /// The object that gets it.
        #[arg(positional)]
        to: ObjectName,
    }
);

notes!(
    /// Removes the notes of objects (git-notes(1)); what they were is in the history of the ref.
    #[derive(Clone, Debug, Command)]
    #[command(program = Git, subcommand = ["notes", "remove"], fn = note_remove, tier = write)]
    GitNoteRemove {
        /// Takes an object without a note as done.
        ignore_missing: bool,
        /// The objects.
        #[arg(positional, min = 1)]
        objects: Vec<Revision>,
    }
);
