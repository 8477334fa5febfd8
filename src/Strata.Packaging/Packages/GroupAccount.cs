using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>A group that a package or an image needs. Without a number the root file system gives it a free one.</summary>
public sealed record GroupAccount(string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Gid = null);
