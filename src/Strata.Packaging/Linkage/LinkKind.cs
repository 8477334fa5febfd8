using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>How code of others got into a file.</summary>
public enum LinkKind
{
    /// <summary>Members of an archive, or an object file such as a compiler's start files.</summary>
    [JsonStringEnumMemberName("static")]
    Static,

    /// <summary>A header of a recipe that has nothing but headers.</summary>
    [JsonStringEnumMemberName("header")]
    Header,

    /// <summary>A module of Go, or its standard library.</summary>
    [JsonStringEnumMemberName("go")]
    Go,

    /// <summary>A crate of Rust, or its standard library.</summary>
    [JsonStringEnumMemberName("rust")]
    Rust,
}
