using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class AptSourcesTests
{
    [Fact]
    public void One_line_entries_become_their_source_form_once() => Assert.Equal(
        """
        deb-src http://deb.example.org/debian stable main
        deb-src [signed-by=/etc/k.gpg] http://sec.example.org stable/updates main

        """,
        AptSources.FromOneLine("""
            # deb http://old.example.org/debian stable main
            deb http://deb.example.org/debian stable main
            deb-src http://deb.example.org/debian stable main
            deb cdrom:[Debian]/ stable main

              deb [signed-by=/etc/k.gpg] http://sec.example.org stable/updates main
            """));

    [Fact]
    public void Stanzas_become_their_source_form_with_everything_else_kept() => Assert.Equal(
        """
        Types: deb-src
        URIs: http://deb.example.org/debian
        Suites: stable
         stable-updates
        Signed-By: /usr/share/keyrings/k.gpg

        Types: deb-src
        URIs: http://sec.example.org
        Enabled: no

        """,
        AptSources.FromDeb822("""
            # the archive
            Types: deb deb-src
            URIs: http://deb.example.org/debian
            Suites: stable
             stable-updates
            # a comment inside
            Signed-By: /usr/share/keyrings/k.gpg


            types: deb
            URIs: http://sec.example.org
            Enabled: no
            """));
}
