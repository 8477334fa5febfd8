namespace Strata.Packaging;

/// <summary>How much may be taken away from a file without making it useless.</summary>
public enum StripKind
{
    Executable,
    SharedLibrary,
    StaticLibrary,
    KernelModule,
}
