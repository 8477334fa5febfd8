namespace Strata.Compliance;

internal enum LicenseTokenKind
{
    End,
    Name,
    And,
    Or,
    With,
    Open,
    Close,
    Unexpected,
    TooLong,
}
