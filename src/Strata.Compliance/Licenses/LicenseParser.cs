using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Recursive descent over <c>or := and (OR and)*; and := part (AND part)*; part := '(' or ')' | name [WITH name]</c>.</summary>
internal sealed class LicenseParser
{
    private const int MaxDepth = 64;

    /// <summary>Far longer than any real one; what an SBOM of somebody else says could be anything.</summary>
    private const int MaxLength = 64 << 10;

    private readonly string _text;
    private readonly SourceSpan _place;
    private readonly Diagnostics _diagnostics;
    private readonly ImmutableArray<LicenseToken> _tokens;
    private int _at;
    private int _depth;

    public LicenseParser(string text, SourceSpan place, Diagnostics diagnostics)
    {
        (_text, _place, _diagnostics) = (text, place, diagnostics);
        if (text.Length > MaxLength)
        {
            _text = $"{text.AsSpan(0, 40)}…";
            _tokens = [new(LicenseTokenKind.TooLong, "", 1)];
            return;
        }
        var tokens = ImmutableArray.CreateBuilder<LicenseToken>();
        var lexer = new LicenseLexer(text);
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != LicenseTokenKind.End);
        _tokens = tokens.ToImmutable();
    }

    private LicenseToken Current => _tokens[_at];

    public LicenseExpression? Parse()
    {
        if (Current.Kind == LicenseTokenKind.TooLong) return Fail($"an expression has at most {MaxLength} characters");
        var expression = Or();
        if (expression is null || Current.Kind == LicenseTokenKind.End) return expression;
        return Fail(Current.Kind == LicenseTokenKind.Close ? "this ')' closes nothing" : $"'{Current.Text}' is not expected here");
    }

    private LicenseExpression? Or()
    {
        if (And() is not { } first) return null;
        var parts = ImmutableArray.Create(first);
        while (Take(LicenseTokenKind.Or))
        {
            if (And() is not { } next) return null;
            parts = parts.Add(next);
        }
        return parts is [var single] ? single : new LicenseExpression.Or(parts);
    }

    private LicenseExpression? And()
    {
        if (Part() is not { } first) return null;
        var parts = ImmutableArray.Create(first);
        while (TakeAnd())
        {
            if (Part() is not { } next) return null;
            parts = parts.Add(next);
        }
        return parts is [var single] ? single : new LicenseExpression.And(parts);
    }

    /// <summary>Old recipes put names side by side and mean that all apply.</summary>
    private bool TakeAnd()
    {
        if (Take(LicenseTokenKind.And)) return true;
        if (Current.Kind is not (LicenseTokenKind.Name or LicenseTokenKind.Open)) return false;
        _diagnostics.Add(ComplianceRules.OperatorMissing(_place, _text, Current.Column));
        return true;
    }

    private LicenseExpression? Part()
    {
        if (!Take(LicenseTokenKind.Open)) return Name();
        if (++_depth > MaxDepth) return Fail("the parentheses are too deep");
        var inner = Or();
        _depth--;
        if (inner is null || Take(LicenseTokenKind.Close)) return inner;
        return Fail("a ')' is missing");
    }

    private LicenseExpression? Name()
    {
        var token = Current;
        if (!Take(LicenseTokenKind.Name)) return Fail(token.Kind == LicenseTokenKind.Unexpected ? $"'{token.Text}' cannot be part of a licence" : "a licence is missing");
        var license = Resolve(token);
        if (license is null || !Take(LicenseTokenKind.With)) return license;

        var exception = Current;
        if (!Take(LicenseTokenKind.Name)) return Fail("an exception is missing after WITH");
        if (license is not LicenseExpression.License plain) return Fail("WITH must follow a single licence");
        return plain with { Exception = ResolveException(exception) };
    }

    private LicenseExpression? Resolve(LicenseToken token)
    {
        var name = token.Text;
        if (name.StartsWith("LicenseRef-", StringComparison.Ordinal) || name.StartsWith("DocumentRef-", StringComparison.Ordinal)) return new LicenseExpression.License(name);
        if (SpdxList.FindAlias(name) is { } alias && SpdxList.FindLicense(name) is null) return Replace(token, alias);
        if (SpdxList.FindReplacement(name) is { } current) return Replace(token, current);
        if (SpdxList.FindLicense(name) is { } id) return new LicenseExpression.License(id);
        if (name.EndsWith('+') && SpdxList.FindLicense(name[..^1]) is { } earliest) return new LicenseExpression.License(earliest, OrLater: true);

        _diagnostics.Add(ComplianceRules.UnknownLicense(_place, _text, token));
        return new LicenseExpression.License(name);
    }

    private LicenseExpression? Replace(LicenseToken token, string expression)
    {
        // A licence that has no SPDX identifier keeps its usual name in recipes; there is nothing to correct.
        if (!expression.StartsWith("LicenseRef-", StringComparison.Ordinal)) _diagnostics.Add(ComplianceRules.OldName(_place, _text, token, expression));
        return new LicenseParser(expression, _place, _diagnostics).Parse();
    }

    private string ResolveException(LicenseToken token)
    {
        if (SpdxList.FindException(token.Text) is { } id) return id;
        if (!token.Text.StartsWith("AdditionRef-", StringComparison.Ordinal)) _diagnostics.Add(ComplianceRules.UnknownException(_place, _text, token));
        return token.Text;
    }

    private bool Take(LicenseTokenKind kind)
    {
        if (Current.Kind != kind) return false;
        if (kind != LicenseTokenKind.End) _at++;
        return true;
    }

    private LicenseExpression? Fail(string reason)
    {
        _diagnostics.Add(ComplianceRules.BadExpression(_place, _text, Current.Column, reason));
        return null;
    }
}
