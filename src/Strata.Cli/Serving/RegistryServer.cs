using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Serving;

/// <summary>A registry on a port of this machine, from its start until it is disposed of.</summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    /// <summary>Each may wait for a build.</summary>
    private const int MostConnections = 256;

    private readonly WebApplication _web;
    private readonly RegistryAnswers _answers;
    private readonly EventStream _events;

    private RegistryServer(WebApplication web, IServedImages images, EventStream events) => (_web, _answers, _events) = (web, new(images), events);

    /// <summary>With the port that was really taken.</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <param name="end">Port 0 takes one that is free.</param>
    /// <exception cref="IOException">Somebody else listens there, or this machine has no such address.</exception>
    public static async Task<RegistryServer> StartAsync(IPEndPoint end, IServedImages images, EventStream events, CancellationToken cancel)
    {
        // Nothing of configuration files, environment or logging: what the server does is said here.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = Path.GetTempPath() });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            // Nobody sends anything but a few headers.
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(end);
        });
        var web = builder.Build();
        var server = new RegistryServer(web, images, events);
        web.Run(server.AnswerAsync);
        try
        {
            await web.StartAsync(cancel);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["Docker-Distribution-API-Version"] = "registry/2.0";
        try
        {
            await (await AnswerOrErrorAsync(http)).ExecuteAsync(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads what could be said.
        }
    }

    private async Task<IResult> AnswerOrErrorAsync(HttpContext http)
    {
        try
        {
            return await _answers.OfAsync(http.Request, http.RequestAborted);
        }
        catch (RegistryException refused)
        {
            return ErrorOf(http, refused.Error);
        }
        catch (ImageException damaged)
        {
            _events.Publish(new DiagnosticReported(damaged.Diagnostic));
            return ErrorOf(http, RegistryError.BuildFailed(damaged.Diagnostic.Message));
        }
        catch (Exception bug) when (!http.RequestAborted.IsCancellationRequested)
        {
            _events.Publish(new InternalError(bug.ToString()));
            return ErrorOf(http, RegistryError.BuildFailed("this is a mistake in the registry; its log says more"));
        }
    }

    private static IResult ErrorOf(HttpContext http, RegistryError error)
    {
        if (error.Status == StatusCodes.Status405MethodNotAllowed) http.Response.Headers.Allow = "GET, HEAD";
        return TypedResults.Json(new ErrorAnswer([new(error.Code, error.Message)]), RegistryJson.Readable.ErrorAnswer, statusCode: error.Status);
    }
}
