using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Which packages make up a root file system, and what else is true of it.</summary>
public sealed record RootfsRequest
{
    /// <summary>IMAGE_INSTALL: names of packages, or of what packages provide.</summary>
    public required ImmutableArray<string> Install { get; init; }

    /// <summary>Directories with packages.json and files/: everything that could be installed.</summary>
    public required ImmutableArray<string> PackageArtifacts { get; init; }

    /// <summary>Gets rootfs.tar and rootfs.json; made if missing.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Time of every entry.</summary>
    public required DateTimeOffset Epoch { get; init; }

    /// <summary>Written to /etc/hostname unless empty.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>BAD_RECOMMENDATIONS: recommended packages that are not wanted.</summary>
    public ImmutableArray<string> BadRecommendations { get; init; } = [];

    /// <summary>NO_RECOMMENDATIONS.</summary>
    public bool WithoutRecommendations { get; init; }

    /// <summary>PACKAGE_EXCLUDE: packages that must not be installed; needing one is an error.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    public ImmutableArray<GroupAccount> Groups { get; init; } = [];

    public ImmutableArray<UserAccount> Users { get; init; } = [];

    /// <summary>Changes after all packages are in place, in this order.</summary>
    public ImmutableArray<RootfsEdit> Edits { get; init; } = [];

    /// <summary>IMAGE_FEATURES: package-management, read-only-rootfs, empty-root-password, debug-tweaks.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Whose database package-management writes.</summary>
    public FeedFormat Database { get; init; } = FeedFormat.Deb;

    /// <summary>IMAGE_TIMEZONE, such as <c>Europe/Berlin</c>; empty leaves what packages say.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>IMAGE_LOCALE, such as <c>de_DE.UTF-8</c>; empty leaves what packages say.</summary>
    public string Locale { get; init; } = "";

    /// <summary>IMAGE_PROGRAMS: when any is named, only these programs and their run-time closure stay in the tree.</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    /// <summary>IMAGE_PROGRAM_FILES: paths and globs that stay beside the programs, with what they need in turn.</summary>
    public ImmutableArray<string> ProgramFiles { get; init; } = [];

    /// <summary>Files that say what is in the image, such as licence texts, made of what is installed in the end; no reduction to programs takes them away.</summary>
    public Func<RootfsManifest, IEnumerable<(string Path, byte[] Content)>>? Documents { get; init; }

    /// <summary>The distribution merges /bin, /sbin and /lib into /usr: a package that makes one of them a directory is refused.</summary>
    public bool MergedUsr { get; init; }

    /// <summary>Insist on what every running system needs (/tmp, /etc/passwd, /proc …); false for images of a single static program.</summary>
    public bool RequireBasics { get; init; } = true;

    /// <summary>How loud the checks of <see cref="ImageQa"/> are.</summary>
    public QaPolicy Qa { get; init; } = QaPolicy.Default;

    /// <summary>The image recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
