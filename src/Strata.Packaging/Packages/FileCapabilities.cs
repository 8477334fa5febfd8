using System.Buffers.Binary;

namespace Strata.Packaging;

/// <summary>What a program may do beyond its user: the extended attribute <c>security.capability</c>.</summary>
/// <param name="Attribute">As the kernel reads it, revision 2.</param>
internal sealed record FileCapabilities(byte[] Attribute)
{
    private const uint Revision = 0x02000000;
    private const uint Effective = 1;

    /// <summary>By number, as in linux/capability.h.</summary>
    private static readonly string[] s_names =
    [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable",
        "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot",
        "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease",
        "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read",
        "perfmon", "bpf", "checkpoint_restore",
    ];

    /// <summary>Reads one clause as for setcap: <c>cap_net_raw,cap_net_admin+ep</c>; <c>=</c> and <c>+</c> mean the same.</summary>
    public static bool TryParse(string text, out FileCapabilities capabilities)
    {
        capabilities = new([]);
        var at = text.IndexOfAny(['+', '=']);
        if (at <= 0) return false;
        var flags = text[(at + 1)..];
        if (flags.Length == 0 || flags.Trim('e', 'i', 'p').Length > 0) return false;

        var set = 0UL;
        foreach (var name in text[..at].ToLowerInvariant().Split(','))
        {
            var number = name.StartsWith("cap_", StringComparison.Ordinal) ? Array.IndexOf(s_names, name[4..]) : -1;
            if (number < 0) return false;
            set |= 1UL << number;
        }
        var (permitted, inheritable) = (flags.Contains('p') ? set : 0, flags.Contains('i') ? set : 0);
        var attribute = new byte[20];
        ReadOnlySpan<uint> words =
            [Revision | (flags.Contains('e') ? Effective : 0), (uint)permitted, (uint)inheritable, (uint)(permitted >> 32), (uint)(inheritable >> 32)];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(attribute.AsSpan(4 * i), words[i]);
        capabilities = new(attribute);
        return true;
    }
}
