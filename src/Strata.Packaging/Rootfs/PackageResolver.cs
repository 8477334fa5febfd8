using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Finds the closure of the wanted packages: what they depend on, the shared libraries they use, and what they recommend if it exists.</summary>
internal sealed class PackageResolver(RootfsRequest request, PackageIndex index, Diagnostics diagnostics)
{
    private readonly SortedDictionary<string, AvailablePackage> _selected = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> _depends = new(StringComparer.Ordinal);
    private readonly Queue<AvailablePackage> _open = new();

    public PackageSelection Resolve()
    {
        foreach (var name in request.Install) Need(PackageRelation.Parse(name), null);
        SelectAll();
        AddRecommendations();
        CheckConflicts();
        return new(InOrder(), _depends.ToImmutableSortedDictionary(d => d.Key, d => d.Value.ToImmutableArray(), StringComparer.Ordinal));
    }

    private void SelectAll()
    {
        while (_open.TryDequeue(out var package))
        {
            foreach (var needed in package.Manifest.Depends.Select(PackageRelation.Parse)) Need(needed, package);
            foreach (var needed in package.Manifest.AutomaticDepends) Need(needed, package);
        }
    }

    /// <summary>After everything that is needed: a recommendation never decides between two providers of a need.</summary>
    private void AddRecommendations()
    {
        if (request.WithoutRecommendations) return;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        while (_selected.Values.FirstOrDefault(p => asked.Add(p.Name)) is { } package)
        {
            foreach (var wish in package.Manifest.Recommends.Select(PackageRelation.Parse))
                if (IsWelcome(wish.Name) && Choose(wish.Name) is { } recommended && IsWelcome(recommended.Name) && Admits(wish, recommended))
                    Select(recommended, package);
            SelectAll();
        }
    }

    private bool IsWelcome(string name) =>
        !request.BadRecommendations.Contains(name, StringComparer.Ordinal) && !request.Excluded.Contains(name, StringComparer.Ordinal);

    private void Need(PackageRelation need, AvailablePackage? user)
    {
        if (Choose(need.Name) is not { } package) diagnostics.Add(PackagingRules.PackageNotFound(request.Place, need.Name, user?.Name, index.Names));
        else if (!Admits(need, package)) diagnostics.Add(PackagingRules.VersionNotAdmitted(request.Place, need, package.Manifest, user?.Name));
        else if (request.Excluded.Contains(package.Name, StringComparer.Ordinal))
            diagnostics.Add(PackagingRules.PackageExcluded(request.Place, package.Name, user?.Name));
        else Select(package, user);
    }

    private void Select(AvailablePackage package, AvailablePackage? user)
    {
        if (_selected.TryAdd(package.Name, package))
        {
            _depends[package.Name] = new(StringComparer.Ordinal);
            _open.Enqueue(package);
        }
        if (user is not null && user.Name != package.Name) _depends[user.Name].Add(package.Name);
    }

    /// <summary>The package of that name; else a provider that is selected or wanted anyway; else the first provider by name.</summary>
    private AvailablePackage? Choose(string name)
    {
        if (index.Find(name) is { } package) return package;
        var providers = index.ProvidersOf(name);
        var chosen = providers.FirstOrDefault(_selected.ContainsKey)
            ?? providers.FirstOrDefault(p => request.Install.Contains(p, StringComparer.Ordinal))
            ?? providers.FirstOrDefault();
        return chosen is null ? null : index.Find(chosen);
    }

    /// <summary>The version of the package itself, or the one with which it provides the name: <c>RPROVIDES = "name (= 2.0)"</c>.</summary>
    private static bool Admits(PackageRelation relation, AvailablePackage package)
    {
        if (relation.Operator.Length == 0) return true;
        if (package.Name == relation.Name) return relation.Admits(package.Manifest.FullVersion);
        return package.Manifest.Provides.Select(PackageRelation.Parse).Any(p => p.Name == relation.Name && p.Operator == "=" && relation.Admits(p.Version));
    }

    private void CheckConflicts()
    {
        foreach (var package in _selected.Values)
            foreach (var conflict in package.Manifest.Conflicts.Select(PackageRelation.Parse))
                foreach (var other in index.ProvidersOf(conflict.Name).Append(conflict.Name).Where(o => o != package.Name))
                    if (_selected.TryGetValue(other, out var present) && Admits(conflict, present))
                        diagnostics.Add(PackagingRules.PackagesConflict(request.Place, package.Name, other));
    }

    /// <summary>Needs before users; a circle is entered at its first name.</summary>
    private ImmutableArray<AvailablePackage> InOrder()
    {
        var (order, seen) = (ImmutableArray.CreateBuilder<AvailablePackage>(), new HashSet<string>(StringComparer.Ordinal));
        var path = new Stack<(string Name, IEnumerator<string> Needs)>();
        foreach (var start in _selected.Keys)
        {
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (top.Needs.MoveNext()) Enter(top.Needs.Current);
                else order.Add(_selected[path.Pop().Name]);
            }
        }
        return order.ToImmutable();

        void Enter(string name)
        {
            if (seen.Add(name)) path.Push((name, _depends[name].AsEnumerable().GetEnumerator()));
        }
    }
}
