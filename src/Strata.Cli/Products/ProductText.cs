using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>A scalar. What a plain one means is as in YAML 1.1, which the format is defined in: there <c>no</c> and <c>off</c> are false.</summary>
public sealed partial record ProductText(SourceSpan At, string Value, bool IsPlain) : ProductNode(At)
{
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    public bool IsBoolean => IsPlain && Boolean().IsMatch(Value);

    public bool IsInteger => IsPlain && Integer().IsMatch(Value);

    public bool IsString => !IsNull && !IsBoolean && !IsInteger && !(IsPlain && Fraction().IsMatch(Value));

    /// <summary>Whether a layer with this value is left out.</summary>
    public bool SwitchesOff => Value.ToLowerInvariant() is "disabled" or "excluded" or "n" or "no" or "0" or "false" || (IsBoolean && Value.ToLowerInvariant() is "off");

    [GeneratedRegex("^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$")]
    private static partial Regex Boolean();

    [GeneratedRegex("^[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0b[01_]+|0x[0-9a-fA-F_]+)$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$")]
    private static partial Regex Fraction();
}
