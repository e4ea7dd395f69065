//! The command line, and the whole hub in one process.
