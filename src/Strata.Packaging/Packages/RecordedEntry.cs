namespace Strata.Packaging;

/// <summary>What an install script under fakeroot made of an entry, which the disk does not show.</summary>
/// <param name="User">A number, or root.</param>
/// <param name="Capabilities">As for setcap, or null.</param>
internal sealed record RecordedEntry(FileKind Kind, int Permissions, string User, string Group, int DeviceMajor, int DeviceMinor, string? Capabilities);
