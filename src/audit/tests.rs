use super::{Date, grouped};

#[test]
fn days_are_those_of_the_calendar() {
    for (text, seconds) in [("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2025-11-03", 1_762_128_000)] {
        assert_eq!(Date::parse(text), Some(Date::of_seconds(seconds)), "{text}");
        assert_eq!(Date::parse(text), Some(Date::of_seconds(seconds + 86_399)), "{text}");
    }
    let days = |a, b| Date::parse(a).unwrap().days_after(Date::parse(b).unwrap());
    assert_eq!((days("2024-03-01", "2024-02-28"), days("2023-03-01", "2023-02-28")), (2, 1));
    assert_eq!((days("2101-01-01", "2100-01-01"), days("2025-01-01", "2024-01-01")), (365, 366));
    for bad in [
        "2027-02-29",
        "2027-13-01",
        "2027-00-10",
        "2027-01-00",
        "27-01-01",
        "2027-1-01",
        "2027/01/01",
        "+027-01-01",
        "1969-12-31",
        "",
        "2027-01-1é",
    ] {
        assert_eq!(Date::parse(bad), None, "{bad}");
    }
}

#[test]
fn numbers_are_grouped_by_three() {
    for (number, text) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (65_536, "65,536"), (3_702_258_432, "3,702,258,432")]
    {
        assert_eq!(grouped(number), text);
    }
}
