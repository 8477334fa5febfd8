using Strata.Compliance;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

public sealed class SourceScannerTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private SourceFindings Scan() => SourceScanner.Scan(_scratch["s"], TestContext.Current.CancellationToken);

    [Fact]
    public void Tags_are_counted_and_notices_listed_once()
    {
        _scratch.Write("s/a.c", "// SPDX-License-Identifier: GPL-2.0-only\n/* Copyright (C) 2020  Jane Doe <jane@example.org> */\n");
        _scratch.Write("s/sub/b.h", "/* SPDX-License-Identifier: GPL-2.0-only */\n * Copyright (C) 2020 Jane Doe <jane@example.org>\n");
        _scratch.Write("s/sub/c.sh", "# SPDX-License-Identifier: MIT OR Apache-2.0\n# Copyright 2021 Example Corp.\n");

        var findings = Scan();

        Assert.Equal([KeyValuePair.Create("GPL-2.0-only", 2), KeyValuePair.Create("MIT OR Apache-2.0", 1)], findings.Licenses);
        Assert.Equal(["Copyright (C) 2020 Jane Doe <jane@example.org>", "Copyright 2021 Example Corp."], findings.Copyrights);
    }

    [Theory]
    [InlineData("The above copyright notice shall be included in all copies")]
    [InlineData("copyright (c) holders")]
    [InlineData("IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE")]
    public void Words_of_a_licence_text_are_no_notice(string line)
    {
        _scratch.Write("s/COPYING", line);

        Assert.Empty(Scan().Copyrights);
    }

    [Fact]
    public void Latin_1_is_read_as_such_and_binary_files_are_left_out()
    {
        Directory.CreateDirectory(_scratch["s"]);
        File.WriteAllBytes(_scratch["s/old.c"], [.. "/* Copyright (c) 1999 J"u8, 0xF6, .. "rg */\n"u8]);
        File.WriteAllBytes(_scratch["s/program"], [0, .. "Copyright (c) 2000 Nobody\n"u8]);

        Assert.Equal(["Copyright (c) 1999 Jörg"], Scan().Copyrights);
    }

    [Fact]
    public void A_link_out_of_the_tree_is_not_followed()
    {
        _scratch.Write("outside/secret.c", "Copyright (c) 2000 Outside\n");
        Directory.CreateDirectory(_scratch["s"]);
        File.CreateSymbolicLink(_scratch["s/file"], _scratch["outside/secret.c"]);
        Directory.CreateSymbolicLink(_scratch["s/directory"], _scratch["outside"]);

        Assert.Empty(Scan().Copyrights);
    }

    [Fact]
    public void Without_sources_there_is_nothing_to_find() => Assert.Same(SourceFindings.None, Scan());
}
