namespace Strata.Metadata.Expressions;

/// <summary>The algebra of sets, also between views of dictionaries.</summary>
internal static class Sets
{
    public static SetValue Of(object value) => value as SetValue ?? new SetValue(Iteration.Of(value));

    public static SetValue Operate(string name, object left, object right)
    {
        if (right is not (SetValue or DictView))
            throw Fail.Type($"unsupported operand type(s) for {name}: '{Texts.TypeName(left)}' and '{Texts.TypeName(right)}'");
        return Combine(name, Of(left), Of(right));
    }

    /// <summary>A new set; what it keeps of the left one stays in order.</summary>
    public static SetValue Combine(string name, SetValue left, SetValue right) => new(
        name switch
        {
            "&" => left.Items.Where(right.Items.Contains),
            "-" => left.Items.Where(i => !right.Items.Contains(i)),
            "|" => left.Items.Concat(right.Items),
            _ => left.Items.Where(i => !right.Items.Contains(i)).Concat(right.Items.Where(i => !left.Items.Contains(i))),
        },
        left.Frozen);

    public static bool Compare(string name, object left, object right) => name switch
    {
        "<" => Of(left).Items.IsProperSubsetOf(Of(right).Items),
        "<=" => Of(left).Items.IsSubsetOf(Of(right).Items),
        ">" => Of(left).Items.IsProperSupersetOf(Of(right).Items),
        _ => Of(left).Items.IsSupersetOf(Of(right).Items),
    };
}
