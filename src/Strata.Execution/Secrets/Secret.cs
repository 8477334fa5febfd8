using System.Collections.Immutable;

namespace Strata.Execution;

/// <summary>Something that one task may know and nobody else.</summary>
/// <param name="Name">As in <c>[secrets]</c>.</param>
/// <param name="HostPath">A file or a socket on this host.</param>
/// <param name="Target">Where the task sees it.</param>
/// <param name="Variables">Names of environment variables that are to hold its path.</param>
/// <param name="Values">Byte sequences that must not turn up in anything that the task leaves; empty for a socket.</param>
internal sealed record Secret(string Name, string HostPath, string Target, ImmutableArray<string> Variables, ImmutableArray<byte[]> Values);
