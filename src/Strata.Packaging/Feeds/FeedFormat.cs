namespace Strata.Packaging;

/// <summary>What differs between the package managers that read the same kind of package: dpkg with apt, and opkg.</summary>
public sealed record FeedFormat
{
    private FeedFormat(string name, string database, string configure) => (Name, Database, Configure) = (name, database, configure);

    /// <summary>For Debian's dpkg and apt.</summary>
    public static FeedFormat Deb { get; } = new("deb", "/var/lib/dpkg", "dpkg --configure -a");

    /// <summary>For opkg.</summary>
    public static FeedFormat Ipk { get; } = new("ipk", "/var/lib/opkg", "opkg configure");

    /// <summary>Also the extension of a package's file.</summary>
    public string Name { get; }

    /// <summary>The directory of a running system in which the package manager keeps what is installed.</summary>
    public string Database { get; }

    /// <summary>The command that finishes the installation of packages whose scripts have not run.</summary>
    public string Configure { get; }

    /// <summary>Null for a name that is no format.</summary>
    public static FeedFormat? Of(string name) => name switch { "deb" => Deb, "ipk" => Ipk, _ => null };

    /// <summary>What the package manager calls a PACKAGE_ARCH. Debian has its own names for processors; others stay, with the characters that are allowed.</summary>
    public string ArchitectureOf(string packageArchitecture) => (this == Deb, packageArchitecture) switch
    {
        (_, "all" or "noarch" or "allarch") => "all",
        (true, "aarch64") => "arm64",
        (true, "x86_64") => "amd64",
        (true, "i386" or "i486" or "i586" or "i686") => "i386",
        (true, "arm") => "armhf",
        (true, "powerpc64le") => "ppc64el",
        (true, "mips64el") => "mips64el",
        (true, "loongarch64") => "loong64",
        (true, var other) => other.Replace('_', '-'),
        (false, var other) => other,
    };

    /// <summary>As the package manager states the space that a package takes: dpkg in KiB, opkg in bytes.</summary>
    public long InstalledSize(long bytes) => this == Deb ? (bytes + 1023) / 1024 : bytes;

    /// <summary>Whether a relation may name a file (<c>RPROVIDES = "/bin/sh"</c>): dpkg refuses such a package.</summary>
    public bool NamesFiles => this != Deb;

    /// <summary>The name of a package's file; an epoch is left out, as dpkg-name does.</summary>
    public string FileNameOf(PackageManifest package) =>
        $"{package.Name}_{package.FullVersion[(package.FullVersion.IndexOf(':', StringComparison.Ordinal) + 1)..]}_{ArchitectureOf(package.Architecture)}.{Name}";
}
