//! How much of a file is read. A register past a bound is refused whole, but for a cell: its row says so.

/// Bytes of a file.
pub const FILE: usize = 32 * 1_024 * 1_024;
/// Bytes of an XLSX file's parts, unpacked: a file that is small only because it is packed fills no memory.
pub const UNPACKED: u64 = 96 * 1_024 * 1_024;
/// Rows below the headings that aren't blank.
pub const ROWS: usize = 20_000;
/// Columns.
pub const COLUMNS: usize = 200;
/// Bytes of one cell.
pub const CELL: usize = 4 * 1_024;
/// Bytes of all cells that are kept.
pub const TEXT: usize = 64 * 1_024 * 1_024;
/// Merged regions of a sheet.
pub const MERGED: usize = 20_000;
