using Strata.Core;

namespace Strata.Metadata;

/// <summary>A <c>def</c> of the metadata, kept as text: expressions may call it where their interpreter can follow it.</summary>
/// <param name="Parameters">The text between the parentheses.</param>
/// <param name="Body">The lines after the <c>def</c> line, indentation kept.</param>
public sealed record PythonFunction(string Name, string Parameters, string Body, SourceSpan Place);
