namespace Strata.Cache;

/// <param name="Auth">User name and password with a colon between them, in base64.</param>
internal sealed record DockerLogin(string? Auth);
