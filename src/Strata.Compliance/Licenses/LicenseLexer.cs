using System.Buffers;

namespace Strata.Compliance;

/// <summary>Cuts a licence expression into tokens.</summary>
internal ref struct LicenseLexer(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> s_name =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+_:");

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public LicenseToken Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        var column = _at + 1;
        if (_at == _text.Length) return new(LicenseTokenKind.End, "", column);

        var symbol = _text[_at] switch
        {
            '(' => LicenseTokenKind.Open,
            ')' => LicenseTokenKind.Close,
            '&' => LicenseTokenKind.And,
            '|' => LicenseTokenKind.Or,
            var c => s_name.Contains(c) ? LicenseTokenKind.Name : LicenseTokenKind.Unexpected,
        };
        var length = 1;
        if (symbol == LicenseTokenKind.Name) length = _text[_at..].IndexOfAnyExcept(s_name) is > 0 and var end ? end : _text.Length - _at;
        var word = _text.Slice(_at, length).ToString();
        _at += length;
        return new(symbol == LicenseTokenKind.Name ? Operator(word) : symbol, word, column);
    }

    /// <summary>SPDX allows operators in all capitals and, since 3.0, all small letters.</summary>
    private static LicenseTokenKind Operator(string word) => word switch
    {
        "AND" or "and" => LicenseTokenKind.And,
        "OR" or "or" => LicenseTokenKind.Or,
        "WITH" or "with" => LicenseTokenKind.With,
        _ => LicenseTokenKind.Name,
    };
}
