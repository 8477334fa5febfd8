namespace Strata.Metadata.Expressions;

/// <summary>A copy of a datastore that belongs to one evaluation.</summary>
public interface IWritableScope : IExpressionScope
{
    /// <summary>As an assignment if the name ends in an edit operator.</summary>
    void Set(string name, string value);

    void SetFlag(string name, string flag, string value);

    void Delete(string name);
}
