using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <summary>Directories seen as one, read-only.</summary>
/// <param name="Target">Absolute path inside.</param>
/// <param name="Lowers">Absolute paths of host directories, the topmost first.</param>
public sealed record Overlay(string Target, ImmutableArray<string> Lowers);
