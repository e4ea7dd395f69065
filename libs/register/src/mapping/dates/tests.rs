use super::*;

const EXACT: Taken = Taken {
    rough: false,
    short_years: true,
};

fn read(forms: &[DateForm], from: Option<i32>, text: &str) -> Result<String, NotADate> {
    let dates = Dates {
        forms: forms.to_vec(),
        short_years_from: from,
    };
    dates.read(text, EXACT).map(|known| known.day.to_string())
}

#[test]
fn british_dates_are_read_day_first() {
    for text in [
        "3/11/2024",
        "03.11.2024",
        " 03-11-2024 ",
        "3 November 2024",
        "3rd Nov. 2024",
        "3-nov-2024",
        "3 Tachwedd 2024",
        "2024-11-03",
        "03/11/2024 14:30",
        "2024-11-03T09:05:00",
    ] {
        let read = read(&DateForm::BRITISH, None, text);
        assert_eq!(read.as_deref(), Ok("2024-11-03"), "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "31/02/2024",
        "3/13/2024",
        "3//2024",
        "3/11-2024",
        "+3/11/2024",
        "3/11/02024",
        "2024/11/03",
        "unknown",
        "3/11/2024 or later",
        "٣/11/2024",
        "th Nov 2024",
        "ßth Nov 2024",
    ] {
        assert_eq!(
            read(&DateForm::BRITISH, None, text),
            Err(NotADate::Form),
            "{text}"
        );
    }
}

#[test]
fn a_date_that_two_forms_read_differently_is_ambiguous() {
    let both = [DateForm::DayMonthYear, DateForm::MonthDayYear];
    assert_eq!(read(&both, None, "3/11/2024"), Err(NotADate::Ambiguous));
    assert_eq!(read(&both, None, "3/3/2024").as_deref(), Ok("2024-03-03"));
    assert_eq!(read(&both, None, "3/25/2024").as_deref(), Ok("2024-03-25"));
}

#[test]
fn two_digits_are_a_year_only_where_the_mapping_says_which() {
    let short = [DateForm::DayMonthShortYear, DateForm::DayNameShortYear];
    assert_eq!(
        read(&DateForm::BRITISH, None, "3/11/24"),
        Err(NotADate::ShortYear)
    );
    assert_eq!(
        read(&short, Some(1990), "3/11/24").as_deref(),
        Ok("2024-11-03")
    );
    assert_eq!(
        read(&short, Some(1990), "3 Nov 90").as_deref(),
        Ok("1990-11-03")
    );
    let dates = Dates {
        forms: short.to_vec(),
        short_years_from: Some(1990),
    };
    let born = Taken {
        rough: false,
        short_years: false,
    };
    assert_eq!(dates.read("3/11/58", born), Err(NotADate::ShortYear));
}

#[test]
fn a_month_or_a_year_is_enough_only_where_that_is_taken() {
    let dates = Dates {
        forms: DateForm::ALL.to_vec(),
        short_years_from: None,
    };
    let rough = Taken {
        rough: true,
        short_years: true,
    };
    let read = dates.read("Feb 2024", rough).unwrap();
    assert_eq!(
        (read.day.to_string(), read.last().to_string()),
        ("2024-02-01".into(), "2024-02-29".into())
    );
    assert_eq!(
        dates.read("2024", rough).unwrap().last().to_string(),
        "2024-12-31"
    );
    assert_eq!(dates.read("Feb 2024", EXACT), Err(NotADate::Form));
}
