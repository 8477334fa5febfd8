using Strata.Core;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <content>Writing: what each statement does to the stored texts, in parse order.</content>
public sealed partial class Datastore
{
    internal void Assign(AssignmentStatement statement)
    {
        var name = statement.Name;
        if (statement.Exports) SetFlag(name, "export", "1", statement: null);
        if (statement.Operator is AssignmentOperator.SetDefault)
        {
            if (statement.Flag is null) SetDefault(name, statement);
            else SetFlagDefault(name, statement.Flag, statement);
            return;
        }

        var raw = Find(name) is not { } variable ? null : statement.Flag is null ? variable.Value : variable.FlagValue(statement.Flag);
        var value = NewValue(statement, raw);
        if (statement.Flag is not null) SetFlag(name, statement.Flag, value, statement);
        else SetParsed(name, value, statement);
    }

    private string NewValue(AssignmentStatement statement, string? raw) => statement.Operator switch
    {
        AssignmentOperator.Set or AssignmentOperator.SetDefault => statement.Value,
        AssignmentOperator.SetIfUnset => raw ?? statement.Value,
        AssignmentOperator.SetNow => Expand(statement.Value, statement.Name),
        AssignmentOperator.Append => $"{raw} {statement.Value}",
        AssignmentOperator.Prepend => $"{statement.Value} {raw}",
        AssignmentOperator.AppendTight => raw + statement.Value,
        AssignmentOperator.PrependTight => statement.Value + raw,
    };

    /// <summary>An assignment of a file: edits and variants made earlier stay.</summary>
    internal void SetParsed(Name name, string value, Statement statement)
    {
        RefuseOldStyle(name, statement.Place);
        if (name.Edit is not EditKind.None)
        {
            AddEdit(name, value, statement);
            return;
        }
        var variable = Own(name);
        variable.Value = value;
        Record(variable, statement, statement is AssignmentStatement { Operator: AssignmentOperator.SetNow } or InternalStatement ? value : null);
        RegisterVariant(name);
        Changed(name);
    }

    /// <summary>An assignment by the program: edits are dropped, and so are the variants in force.</summary>
    internal void SetHard(Name name, string value)
    {
        var statement = new InternalStatement("set", value);
        RefuseOldStyle(name, default);
        if (name.Edit is not EditKind.None)
        {
            AddEdit(name, value, statement);
            return;
        }
        if (Find(name) is { Variants.IsEmpty: false } known)
        {
            var overrides = ActiveOverrides();
            foreach (var variant in known.Variants.Items)
                if (overrides.Allows(variant.Key)) Delete(variant.Name, statement: null);
        }
        var variable = Own(name);
        (variable.Value, variable.Appends, variable.Prepends, variable.Removes, variable.Variants) = (value, [], [], [], VariantSet.Empty);
        Record(variable, statement, value);
        RegisterVariant(name);
        Changed(name);
    }

    /// <summary>Makes the variable undefined, also against defaults that are or will be given to it; its flags stay.</summary>
    internal void SetNothing(Name name)
    {
        SetHard(name, "");
        var variable = Own(name);
        (variable.Value, variable.HidesDefault) = (null, true);
    }

    internal void SetFlag(Name name, string flag, string value, Statement? statement)
    {
        var variable = Own(name);
        variable.SetFlag(flag, value);
        if (statement is not null) Record(variable, statement, statement is AssignmentStatement { Operator: AssignmentOperator.SetNow } ? value : null);
        Changed(name);
    }

    internal void RemoveFlag(Name name, string flag, Statement? statement)
    {
        if (Find(name) is null) return;
        var variable = Own(name);
        variable.RemoveFlag(flag);
        if (statement is not null) Record(variable, statement, null);
        Changed(name);
    }

    /// <summary>Forgets value, default, edits, flags and the registration of all variants; they do not come back.</summary>
    internal void Delete(Name name, Statement? statement)
    {
        var history = Find(name)?.History;
        var variable = new Variable { History = history };
        _own[name] = variable;
        if (statement is not null) Record(variable, statement, null);
        foreach (var (baseName, key) in name.VariantOf)
        {
            if (!Name.IsLower(key.Text)) break;
            if (Find(baseName)?.Variants.Contains(name) is true) Own(baseName).Variants = Own(baseName).Variants.Remove(name);
        }
        Changed(name);
    }

    internal void Define(FunctionStatement statement, Name name)
    {
        SetParsed(name, statement.Body, statement);
        var variable = Own(name);
        variable.Function = null;
        variable.SetFlag("func", "1");
        SetOrRemove("python", statement.IsPython);
        SetOrRemove("fakeroot", statement.IsFakeroot);

        void SetOrRemove(string flag, bool isSet)
        {
            if (isSet) variable.SetFlag(flag, "1");
            else variable.RemoveFlag(flag);
        }
    }

    internal void Define(PythonDefinition statement)
    {
        SetParsed(statement.Name, statement.Text, statement);
        var variable = Own(statement.Name);
        variable.Function = statement.Function;
        variable.SetFlag("func", "1");
        variable.SetFlag("python", "1");
    }

    internal void AddInherited(string path)
    {
        InheritedClasses = InheritedClasses.Add(path);
        Changed(s_inherited);
    }

    private void SetDefault(Name name, AssignmentStatement statement)
    {
        var variable = Own(name);
        variable.Default = statement.Value;
        Record(variable, statement, null);
        RegisterVariant(name);
        Changed(name);
    }

    private void SetFlagDefault(Name name, string flag, AssignmentStatement statement)
    {
        var variable = Own(name);
        variable.SetFlagDefault(flag, statement.Value);
        Record(variable, statement, null);
        Changed(name);
    }

    private void AddEdit(Name name, string value, Statement statement)
    {
        var edited = name.EditBase!;
        var variable = Own(edited);
        variable.AddEdit(name.Edit, new(value, name.EditCondition));
        Record(variable, statement, null);
        RegisterVariant(edited);
        Changed(edited);
    }

    private void RegisterVariant(Name name)
    {
        foreach (var (baseName, key) in name.VariantOf)
        {
            if (Find(baseName) is { } known && known.Variants.Contains(name)) continue;
            var variable = Own(baseName);
            variable.Variants = variable.Variants.Add(new(name, key));
        }
    }

    private static void RefuseOldStyle(Name name, SourceSpan place)
    {
        if (name.HasOldStyleOperator) throw new MetadataException(MetadataRules.OldStyleOperator(place, name.Text));
    }

    /// <summary>The variable as this store's own: it may be changed without any other store seeing it.</summary>
    private Variable Own(Name name)
    {
        if (_own.TryGetValue(name, out var own)) return own;
        return _own[name] = _shared?.Find(name, _reads)?.Clone() ?? new();
    }

    private void Record(Variable variable, Statement statement, string? result) =>
        variable.History = new(variable.History, statement, result, _statements++);
}
