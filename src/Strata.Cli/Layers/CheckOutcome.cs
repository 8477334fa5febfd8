using System.Text.Json.Serialization;

namespace Strata.Cli.Layers;

[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>It could not be found out; the message says why.</summary>
    Unknown,
}
