namespace Strata.Packaging;

/// <summary>One declared change to a finished root file system. Paths are absolute, as on the target.</summary>
public abstract record RootfsEdit(string Path)
{
    /// <summary>An (empty) directory; changes mode and owner of an existing one.</summary>
    public sealed record MakeDirectory(string Path, int Mode, string User = "root", string Group = "root") : RootfsEdit(Path);

    /// <summary>A file with this text, in place of whatever was there.</summary>
    public sealed record WriteFile(string Path, string Text, int Mode = 0b110_100_100, string User = "root", string Group = "root") : RootfsEdit(Path);

    /// <summary>A symbolic link, in place of whatever was there.</summary>
    public sealed record MakeLink(string Path, string Target) : RootfsEdit(Path);

    /// <summary>A device node; no privilege is needed to put one into an image.</summary>
    public sealed record MakeDevice(string Path, FileKind Kind, int Major, int Minor, int Mode, string User = "root", string Group = "root") : RootfsEdit(Path);

    /// <summary>Removes the entry and everything below it; an absent one is fine.</summary>
    public sealed record Remove(string Path) : RootfsEdit(Path);

    /// <summary>Mode and owner of an existing entry; null keeps what it has.</summary>
    public sealed record SetOwner(string Path, string? User, string? Group, int? Mode) : RootfsEdit(Path);
}
