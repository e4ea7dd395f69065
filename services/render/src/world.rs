//! What typst may read: the template, and one document as data. Refuses every other file, every package, and today's date.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::fonts::Fonts;

const TEMPLATE: &str = include_str!("page.typ");

/// The two files there are.
static FILES: LazyLock<Option<(FileId, FileId)>> = LazyLock::new(|| {
    let file = |path: &str| {
        let path = VirtualPath::new(path).ok()?;
        Some(RootedPath::new(VirtualRoot::Project, path).intern())
    };
    Some((file("/page.typ")?, file("/document.json")?))
});

/// What is alike for every document.
pub(crate) struct Workshop {
    library: LazyHash<Library>,
    pub(crate) fonts: Fonts,
    template: Source,
    data: FileId,
}

impl Workshop {
    /// None: typst takes no such names for files, which no input changes.
    pub(crate) fn new(fonts: Fonts) -> Option<Self> {
        let (template, data) = (*FILES)?;
        Some(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            template: Source::new(template, TEMPLATE.into()),
            data,
        })
    }

    /// The world of one document.
    pub(crate) fn world(&self, document: Vec<u8>) -> OneDocument<'_> {
        OneDocument {
            workshop: self,
            document: Bytes::new(document),
        }
    }
}

/// The world of one document.
pub(crate) struct OneDocument<'w> {
    workshop: &'w Workshop,
    document: Bytes,
}

impl World for OneDocument<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.workshop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.workshop.fonts.book
    }

    fn main(&self) -> FileId {
        self.workshop.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() {
            Ok(self.workshop.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.workshop.data {
            Ok(self.document.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.workshop.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
