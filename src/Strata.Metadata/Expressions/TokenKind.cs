namespace Strata.Metadata.Expressions;

internal enum TokenKind { End, NewLine, Indent, Dedent, Name, Number, Text, Operator }
