//! Rust sources of libraries and services, without their tests: where texts are used, and where labels stand.

use std::{fs, path::Path};

use crate::root;

/// A source by its path in the workspace.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every source of `libs` and `services` but this library's, in order of their paths.
pub(crate) fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["libs", "services"] {
        collect(&root().join(folder), &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        if path.is_dir() && !["tests", "target", "texts"].contains(&name) {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && name != "tests.rs" {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root()).unwrap().display().to_string();
            found.push(Source { path, text });
        }
    }
}
