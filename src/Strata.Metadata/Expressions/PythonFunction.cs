using Strata.Core;

namespace Strata.Metadata.Expressions;

/// <summary>
/// A <c>def</c> from metadata. <paramref name="Parameters"/> is the text between the parentheses, <paramref name="Body"/> the
/// indented lines below the header, <paramref name="Place"/> the header.
/// </summary>
public sealed record PythonFunction(string Name, string Parameters, string Body, SourceSpan Place);
