using System.Collections.Immutable;
using System.Security.Cryptography;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache.Remotes;

/// <summary>What one machine made another restores, by way of real servers.</summary>
public sealed class RemoteTests : IDisposable
{
    /// <summary>bcrypt of “pass word”.</summary>
    private const string HashedPassword = "$2y$05$BQs5Vf2hYkVcQxCEYUbxaO5mLF7WSpeZq3NnmgUeKsetD1jxyBqC6";

    private readonly SharingStores _machines = new();

    [Theory]
    [InlineData("directory")]
    [InlineData("nginx")]
    [InlineData("registry")]
    public async Task What_one_machine_made_another_restores(string kind)
    {
        await using var server = await ServeAsync(kind);
        var work = _machines.Directory.Tree("work", new string('x', 300_000));
        Posix.Link(Path.Combine(work, "usr/share/greeting"), Path.Combine(work, "usr/share/twin"));
        File.WriteAllText(Path.Combine(work, "usr/share/" + new string('ü', 60)), "");
        File.SetUnixFileMode(_machines.Directory.Write("work/usr/bin/su", "x"), (UnixFileMode)0x9ed);      // 04755
        var artifact = _machines.Store("a").Add(work);
        await using (var remotes = _machines.Open("a"))
        {
            remotes.Offer("greet:do_install", artifact, () => null, Digest.Of("deep"), Digest.Of("shallow"));
            await remotes.FinishAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(artifact, await _machines.RestoreAsync("b", "shallow"));

        Assert.Empty(_machines.Diagnostics);
        var b = _machines.Store("b");
        Assert.Null(b.Verify(artifact));
        Assert.Equal(artifact, b.Find(Digest.Of("shallow")));
        Assert.Equal(2u, FileStatus.Of(Path.Combine(b.PathOf(artifact), "usr/share/twin")).Links);
        Assert.All(Directory.GetFileSystemEntries(b.PathOf(artifact), "*", SearchOption.AllDirectories).Append(b.PathOf(artifact)),
            path => Assert.Equal(1, FileStatus.Of(path).Modified.ToUnixTimeSeconds()));
        Assert.Equal(artifact, await _machines.RestoreAsync("b", "deep"));
        Assert.Null(await _machines.RestoreAsync("b", "unknown"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(b.Root, "incoming")));
    }

    [Theory]
    [InlineData("directory")]
    [InlineData("nginx")]
    [InlineData("registry")]
    public async Task What_a_key_was_made_from_is_known_elsewhere(string kind)
    {
        await using var server = await ServeAsync(kind);
        var first = await MakeExplainedAsync("one", "-O2");
        var second = await MakeExplainedAsync("two", "-O3 \u001b[31m");

        var latest = await _machines.FindKeysAsync("b");
        var earlier = await _machines.FindKeysAsync("b", first);

        Assert.Equal(second, latest!.Key);
        Assert.Equal("-O3 \uFFFD[31m", latest.Keys["greet:do_compile"].Fields["var:CFLAGS"]);
        Assert.Equal(first, earlier!.Key);
        Assert.Equal("-O2", earlier.Keys["greet:do_compile"].Fields["var:CFLAGS"]);
        Assert.Null(await _machines.FindKeysAsync("b", Digest.Of("unknown")));
        Assert.Empty(_machines.Diagnostics);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_machines.Store("a").Root, "incoming")));
    }

    [Fact]
    public async Task What_explains_another_key_than_was_asked_for_is_no_explanation()
    {
        await using var server = await ServeAsync("directory");
        var first = await MakeExplainedAsync("one", "-O2");
        await MakeExplainedAsync("two", "-O3");
        var (root, asked) = (_machines.Directory["shared"], KeyBundle.LatestOf("greet:do_install"));
        File.Copy(Path.Combine(root, DirectoryPlace.PathOf("keys", KeyBundle.PlaceOf(first))), Path.Combine(root, DirectoryPlace.PathOf("keys", asked)), overwrite: true);

        Assert.Null(await _machines.FindKeysAsync("b"));
        Assert.Equal(["STR8013"], _machines.Diagnostics);
    }

    [Fact]
    public async Task What_is_there_is_not_sent_again_and_a_new_key_only_adds_a_record()
    {
        await using var server = await ServeAsync("nginx");
        await _machines.MakeAsync("a", "hello");
        await _machines.MakeAsync("b", "hello", "another key");

        Assert.Single(server!.Requests, r => r.StartsWith("PUT /archives/", StringComparison.Ordinal));
        Assert.NotNull(await _machines.RestoreAsync("c", "another key"));
    }

    [Fact]
    public async Task A_remote_without_rw_is_only_read()
    {
        await using var server = await ServeAsync("nginx");
        var artifact = await _machines.MakeAsync("a", "hello");
        _machines.Use($"http://127.0.0.1:{server!.Port}/");

        await _machines.MakeAsync("b", "other", "other");

        Assert.Equal(artifact, await _machines.RestoreAsync("c"));
        Assert.Null(await _machines.RestoreAsync("c", "other"));
    }

    [Fact]
    public async Task Remotes_are_asked_in_order_and_the_next_one_only_when_the_first_does_not_have_it()
    {
        await using var first = await ServeAsync("nginx");
        using var other = new TemporaryDirectory();
        await using var second = await RemoteServer.NginxAsync(other);
        var old = await _machines.MakeAsync("a", "in both");
        _machines.Use($"http://127.0.0.1:{second.Port}/;rw");
        await _machines.MakeAsync("a", "in both");
        var more = await _machines.MakeAsync("a", "in the second", "more");
        _machines.Use($"http://127.0.0.1:{first!.Port}/", $"http://127.0.0.1:{second.Port}/");

        Assert.Equal(old, await _machines.RestoreAsync("b"));
        Assert.Equal(more, await _machines.RestoreAsync("b", "more"));
        Assert.DoesNotContain(second.Requests, r => r.StartsWith($"GET /{DirectoryPlace.PathOf("keys", Digest.Of("key"))} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Web_servers_are_told_the_password_of_the_netrc_and_nobody_else_sees_it()
    {
        var file = _machines.Directory.Write("htpasswd", "builder:{PLAIN}pass word\n");
        await using var server = await ServeAsync("nginx", $"auth_basic cache; auth_basic_user_file {file};");

        Assert.Null(await _machines.RestoreAsync("a"));
        Assert.Equal(["STR8011"], _machines.Diagnostics);
        Assert.Contains("401", _machines.Output, StringComparison.Ordinal);

        Environment("NETRC", _machines.Directory.Write("netrc", "machine elsewhere login x password y\nmachine 127.0.0.1\n  login builder\n  password \"pass word\"\n"));
        var artifact = await _machines.MakeAsync("a", "hello");
        Assert.Equal(artifact, await _machines.RestoreAsync("b"));

        Environment("NETRC", _machines.Directory.Write("netrc", "default login builder password s3cret-but-wrong"));
        Assert.Null(await _machines.RestoreAsync("c"));
        Assert.DoesNotContain("s3cret", _machines.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auths")]
    [InlineData("helper")]
    [InlineData("a wrong one")]
    public async Task Registries_are_told_the_password_of_the_docker_configuration(string source)
    {
        var file = _machines.Directory.Write("htpasswd", $"builder:{HashedPassword}\n");
        await using var server = await ServeAsync("registry", $"auth: {{ htpasswd: {{ realm: cache, path: {file} }} }}");
        var registry = $"127.0.0.1:{server!.Port}";
        switch (source)
        {
            case "auths":
                var login = Convert.ToBase64String("builder:pass word"u8);
                _machines.Directory.Write("docker/config.json", $$"""{ "auths": { "https://{{registry}}": { "auth": "{{login}}" } } }""");
                Environment("DOCKER_CONFIG", _machines.Directory["docker"]);
                break;
            case "helper":
                var helper = _machines.Directory.Write("bin/docker-credential-test",
                    $"#!/bin/sh\n[ \"$1 $(cat)\" = 'get {registry}' ] && echo '{{ \"Username\": \"builder\", \"Secret\": \"pass word\" }}'\n");
                File.SetUnixFileMode(helper, (UnixFileMode)0x1ed);
                _machines.Directory.Write("docker/config.json", $$"""{ "credHelpers": { "{{registry}}": "test" } }""");
                Environment("DOCKER_CONFIG", _machines.Directory["docker"]);
                Environment("PATH", $"{_machines.Directory["bin"]}:/usr/bin:/bin");
                break;
            default:
                Environment("STRATA_REMOTE_AUTH", $"{registry}=builder:wrong");
                Assert.Null(await _machines.RestoreAsync("a"));
                Assert.Equal(["STR8011"], _machines.Diagnostics);
                return;
        }

        var artifact = await _machines.MakeAsync("a", "hello");

        Assert.Equal(artifact, await _machines.RestoreAsync("b"));
        Assert.Empty(_machines.Diagnostics);
    }

    [Fact]
    public async Task A_registry_may_send_us_to_a_token_server_first()
    {
        await using var server = new FaultyServer(_machines.Directory.Path);
        var (asked, shown) = ("", "");
        server.Fault = async (request, stream, _) =>
        {
            if (request.Path.StartsWith("/token", StringComparison.Ordinal))
            {
                asked = request.Head;
                await FaultyServer.AnswerAsync(stream, "200 OK", """{ "access_token": "gr4nted" }"""u8.ToArray());
            }
            else if (request.Head.Contains("Authorization: Bearer gr4nted", StringComparison.Ordinal))
            {
                shown = request.Path;
                await FaultyServer.AnswerAsync(stream, "404 Not Found");
            }
            else
                await FaultyServer.AnswerAsync(stream,
                    $"401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"{server.Url}token\",service=\"the registry\",scope=\"repository:team/cache:pull\"");
            return true;
        };
        _machines.Use($"oci+http://{new Uri(server.Url).Authority}/team/cache");
        Environment("STRATA_REMOTE_AUTH", $"{new Uri(server.Url).Authority}=builder:s3cret");

        Assert.Null(await _machines.RestoreAsync("a"));

        Assert.Empty(_machines.Diagnostics);
        Assert.Contains("scope=repository%3Ateam%2Fcache%3Apull&service=the%20registry", asked, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("builder:s3cret"u8)}", asked, StringComparison.Ordinal);
        Assert.Equal($"/v2/team/cache/manifests/key-{Digest.Of("key").Hex}", shown);
    }

    [Fact]
    public async Task With_a_trusted_key_only_what_it_signed_is_used()
    {
        var (own, trusted) = Keys("own");
        var (stranger, _) = Keys("stranger");
        await using var server = await ServeAsync("directory");
        var root = _machines.Directory["shared"];

        var unsigned = await _machines.MakeAsync("a", "unsigned", "unsigned");
        Seal(stranger, null);
        await _machines.MakeAsync("a", "of a stranger", "stranger");
        Seal(own, null);
        var signed = await _machines.MakeAsync("a", "signed", "signed");
        // A record that is sound in itself, under a key that it was not made for.
        var misplaced = Path.Combine(root, DirectoryPlace.PathOf("keys", Digest.Of("misplaced")));
        Directory.CreateDirectory(Path.GetDirectoryName(misplaced)!);
        File.Copy(Path.Combine(root, DirectoryPlace.PathOf("keys", Digest.Of("signed"))), misplaced);
        var forged = Path.Combine(root, DirectoryPlace.PathOf("keys", Digest.Of("signed")));

        Seal(null, trusted);
        Assert.Equal(signed, await _machines.RestoreAsync("b", "signed"));
        Assert.Empty(_machines.Diagnostics);
        Assert.Null(await _machines.RestoreAsync("b", "unsigned"));
        Assert.Null(await _machines.RestoreAsync("b", "stranger"));
        Assert.Null(await _machines.RestoreAsync("b", "misplaced"));
        Assert.Equal(["STR8014", "STR8014", "STR8013"], _machines.Diagnostics);

        File.WriteAllText(forged, File.ReadAllText(forged).Replace("greet:", "great:", StringComparison.Ordinal));
        Assert.Null(await _machines.RestoreAsync("c", "signed"));

        _machines.Use($"file://{root};unsigned");
        Assert.Equal(unsigned, await _machines.RestoreAsync("b", "unsigned"));
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_and_replaced_by_who_builds_it()
    {
        await using var server = await ServeAsync("nginx");
        var artifact = await _machines.MakeAsync("a", "hello");
        var archive = Assert.Single(SharingStores.Archives(_machines.Directory["www"]));
        var bytes = File.ReadAllBytes(archive);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(archive, bytes);

        await using (var remotes = _machines.Open("b"))
        {
            Assert.Null(await remotes.RestoreAsync(Digest.Of("key"), TestContext.Current.CancellationToken));
            Assert.Equal(artifact, _machines.Store("b").Add(_machines.Directory.Tree("rebuilt")));
            remotes.Offer("greet:do_install", artifact, () => null, Digest.Of("key"));
            await remotes.FinishAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(artifact, await _machines.RestoreAsync("c"));
    }

    /// <summary>The key with which it was made.</summary>
    private async Task<Digest> MakeExplainedAsync(string content, string flags)
    {
        var compile = new KeyBuilder("test").Add("var:CFLAGS", flags).Build();
        var install = new KeyBuilder("test").Add("dep:greet:do_compile", compile.ToString()).Build();
        var keys = ImmutableSortedDictionary<string, TaskKey>.Empty.WithComparers(StringComparer.Ordinal).Add("greet:do_compile", compile).Add("greet:do_install", install);
        _ = await _machines.MakeAsync("a", content, content, new("greet:do_install", keys));
        return install.Digest;
    }

    public void Dispose()
    {
        _machines.Options.Seal.Dispose();
        _machines.Dispose();
    }

    private async Task<RemoteServer?> ServeAsync(string kind, string more = "")
    {
        var server = kind switch
        {
            "nginx" => await RemoteServer.NginxAsync(_machines.Directory, more),
            "registry" => await RemoteServer.RegistryAsync(_machines.Directory, more),
            _ => null,
        };
        _machines.Use(kind switch
        {
            "nginx" => $"http://127.0.0.1:{server!.Port}/;rw",
            "registry" => $"oci://127.0.0.1:{server!.Port}/team/cache;rw",
            _ => $"file://{Directory.CreateDirectory(_machines.Directory["shared"]).FullName};rw",
        });
        return server;
    }

    private void Environment(string variable, string value) =>
        _machines.Options = _machines.Options with { Environment = _machines.Options.Environment.SetItem(variable, value) };

    private (string Private, string Public) Keys(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (_machines.Directory.Write($"{name}.pem", key.ExportPkcs8PrivateKeyPem()), _machines.Directory.Write($"{name}.pub", key.ExportSubjectPublicKeyInfoPem()));
    }

    private void Seal(string? own, string? trusted)
    {
        Assert.True(RecordSeal.TryLoad(own, trusted is null ? [] : [trusted], out var seal, out var problem), problem);
        _machines.Options = _machines.Options with { Seal = seal };
    }
}
