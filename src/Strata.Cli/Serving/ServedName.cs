using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Cli.Serving;

/// <summary>The name of a repository that is made on demand: packages, in any order, <c>shell/curl/redis</c>.</summary>
/// <param name="Packages">Ordinal, each once, so that every order of them is one image.</param>
internal sealed record ServedName(string Repository, ImmutableArray<string> Packages)
{
    /// <summary>The layout is a directory that is called like the packages and the machine, which 255 bytes must hold.</summary>
    private const int MostCharacters = 200;

    /// <summary>The same for every order of the packages.</summary>
    public string Key => string.Join('/', Packages);

    /// <exception cref="RegistryException">It is not what the grammar of the distribution specification calls a name.</exception>
    public static ServedName Parse(string repository)
    {
        if (repository.Length > MostCharacters) throw new RegistryException(RegistryError.NameInvalid($"a name has at most {MostCharacters} characters"));
        if (!ImageReference.TryParse($"localhost/{repository}", out var reference) || reference.Repository != repository)
            throw new RegistryException(RegistryError.NameInvalid("a name is packages with '/' between them: lower-case letters, digits, and single '.', '_' or '-' inside"));
        return new(repository, [.. repository.Split('/').Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
