namespace Strata.Packaging;

/// <summary>What packages left for the first boot: run once by the device, each script until it succeeds.</summary>
internal static class FirstBootScript
{
    public const string Directory = "/etc/postinsts", Runner = "/usr/sbin/run-postinsts";

    /// <summary>A script that worked is removed, so that a power cut in between loses nothing and repeats little.</summary>
    public const string RunnerText = """
        #!/bin/sh
        # Runs what packages left for the first boot.
        for script in /etc/postinsts/*; do
            [ -f "$script" ] || continue
            if "$script" configure; then
                rm -f "$script"
            else
                echo "run-postinsts: $script failed and is tried again at the next boot" >&2
            fi
        done
        rmdir /etc/postinsts 2>/dev/null || true

        """;

    public const string UnitText = """
        [Unit]
        Description=Run what packages left for the first boot
        DefaultDependencies=no
        After=local-fs.target systemd-tmpfiles-setup.service
        Before=sysinit.target
        ConditionPathExists=/etc/postinsts

        [Service]
        Type=oneshot
        ExecStart=/usr/sbin/run-postinsts
        RemainAfterExit=yes

        """;
}
