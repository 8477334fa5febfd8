using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Strata.Tests.Cli.Recipes;

/// <summary>A release as upstream would publish it.</summary>
internal static class SourceArchive
{
    public const string Mit = """
        Permission is hereby granted, free of charge, to any person obtaining a copy of this software, to deal in the Software without
        restriction, including the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies, provided that
        the above copyright notice and this permission notice shall be included in all copies.

        """;

    public static byte[] Of(string top, params (string File, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
            foreach (var (file, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{top}/{file}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return bytes.ToArray();
    }
}
