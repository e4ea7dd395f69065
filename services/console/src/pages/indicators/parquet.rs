//! A released table as Apache Parquet, for whoever computes with it: a hidden count is null, as its own column says.

use std::sync::Arc;

use diogel_contract::v1;
use parquet::{
    basic::{LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, Int64Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};

fn column(name: &str, physical: Physical, optional: bool) -> Result<Arc<Type>, ParquetError> {
    let text = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    let repetition = if optional {
        Repetition::OPTIONAL
    } else {
        Repetition::REQUIRED
    };
    let column = Type::primitive_type_builder(name, physical)
        .with_repetition(repetition)
        .with_logical_type(text);
    column.build().map(Arc::new)
}

/// One row for each category, and one for the total.
pub(super) fn written(answer: &v1::GetTableResponse) -> Result<Vec<u8>, ParquetError> {
    let table = answer.name.clone().unwrap_or_default();
    let total = v1::TableRow {
        code: "total".into(),
        label: "Total".into(),
        label_cy: "Cyfanswm".into(),
        figure: answer.total,
        percent: None,
    };
    let rows: Vec<&v1::TableRow> = answer.rows.iter().chain([&total]).collect();
    let texts = |text: &dyn Fn(&v1::TableRow) -> String| -> Vec<ByteArray> {
        let texts = rows.iter().map(|row| text(row));
        texts
            .map(|text| ByteArray::from(text.into_bytes()))
            .collect()
    };
    let strings = [
        ("table", texts(&|_| table.code.clone())),
        ("period", texts(&|_| answer.period.clone())),
        ("code", texts(&|row| row.code.clone())),
        ("label_en", texts(&|row| row.label.clone())),
        ("label_cy", texts(&|row| row.label_cy.clone())),
    ];
    let figures = rows.iter().map(|row| {
        row.figure.unwrap_or(v1::Figure {
            hidden: true,
            count: 0,
        })
    });
    let figures: Vec<v1::Figure> = figures.collect();
    let hidden: Vec<bool> = figures.iter().map(|figure| figure.hidden).collect();
    let counts = figures.iter();
    let counts = counts.map(|f| i64::try_from(f.count).ok().filter(|_| !f.hidden));
    let percents = rows.iter().map(|row| row.percent.map(i64::from));
    let mut columns = Vec::new();
    for (name, _) in &strings {
        columns.push(column(name, Physical::BYTE_ARRAY, false)?);
    }
    columns.push(column("hidden", Physical::BOOLEAN, false)?);
    columns.push(column("count", Physical::INT64, true)?);
    columns.push(column("percent", Physical::INT64, true)?);
    let schema = Type::group_type_builder("diogel_indicators").with_fields(columns);
    let schema = Arc::new(schema.build()?);
    let properties = Arc::new(WriterProperties::builder().build());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties)?;
    let mut group = file.next_row_group()?;
    let missing = || ParquetError::General("a column is missing".into());
    for (_, values) in &strings {
        let mut column = group.next_column()?.ok_or_else(missing)?;
        column
            .typed::<ByteArrayType>()
            .write_batch(values, None, None)?;
        column.close()?;
    }
    let mut flags = group.next_column()?.ok_or_else(missing)?;
    flags.typed::<BoolType>().write_batch(&hidden, None, None)?;
    flags.close()?;
    for values in [counts.collect::<Vec<_>>(), percents.collect()] {
        let there: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
        let values: Vec<i64> = values.into_iter().flatten().collect();
        let mut column = group.next_column()?.ok_or_else(missing)?;
        column
            .typed::<Int64Type>()
            .write_batch(&values, Some(&there), None)?;
        column.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Field,
    };

    use super::*;

    #[test]
    fn a_hidden_count_is_null_and_every_other_is_a_number() {
        let row = |code: &str, hidden, count, percent| v1::TableRow {
            code: code.into(),
            label: code.into(),
            label_cy: code.into(),
            figure: Some(v1::Figure { hidden, count }),
            percent,
        };
        let answer = v1::GetTableResponse {
            period: "2026-Q3".into(),
            rows: vec![row("one", false, 15, Some(23)), row("two", true, 0, None)],
            total: Some(v1::Figure {
                hidden: false,
                count: 65,
            }),
            ..v1::GetTableResponse::default()
        };
        let file = bytes_of(&answer);
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<Vec<(String, Field)>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| {
                let row = row.unwrap();
                let columns = row.get_column_iter();
                columns.map(|(n, f)| (n.clone(), f.clone())).collect()
            })
            .collect();
        let of = |row: usize, name: &str| {
            let found = rows[row].iter().find(|(column, _)| column == name);
            found.unwrap().1.clone()
        };
        assert_eq!(rows.len(), 3);
        assert_eq!(of(0, "count"), Field::Long(15));
        assert_eq!(of(0, "percent"), Field::Long(23));
        assert_eq!(of(1, "count"), Field::Null);
        assert_eq!(of(1, "hidden"), Field::Bool(true));
        assert_eq!(of(2, "code"), Field::Str("total".into()));
        assert_eq!(of(2, "count"), Field::Long(65));
        assert_eq!(of(2, "period"), Field::Str("2026-Q3".into()));
    }

    fn bytes_of(answer: &v1::GetTableResponse) -> axum::body::Bytes {
        axum::body::Bytes::from(written(answer).unwrap())
    }
}
