using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Strata.Compliance;

/// <summary>Exceptions of SPDX that let a program be linked with the licensed code without coming under its terms.</summary>
internal static class LinkExceptions
{
    private static readonly ImmutableArray<string> s_patterns =
    [
        "GCC-exception-*", "GNU-compiler-exception", "Classpath-exception-2.0*", "LLVM-exception", "Linux-syscall-note", "LGPL-3.0-linking-exception", "OCaml-LGPL-linking-exception",
        "WxWindows-exception-3.1", "eCos-exception-2.0", "mif-exception", "FLTK-exception", "Libtool-exception", "GStreamer-exception-*", "libpri-OpenH323-exception", "freertos-exception-2.0",
        "u-boot-exception-2.0", "i2p-gpl-java-exception", "Bootloader-exception", "Independent-modules-exception", "SHL-2.*", "stunnel-exception", "*openssl-exception", "*OpenSSL-exception", "x11vnc-openssl-exception",
    ];

    public static bool Has(LicenseExpression.License license) => license.Exception is { } exception && s_patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, exception));
}
