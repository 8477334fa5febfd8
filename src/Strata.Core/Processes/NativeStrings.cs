using System.Runtime.InteropServices;

namespace Strata.Core;

/// <summary>Strings as the kernel takes the arguments of a program: pointers to UTF-8, the last one null.</summary>
internal sealed class NativeStrings : IDisposable
{
    public NativeStrings(IReadOnlyList<string> strings)
    {
        Pointers = new nint[strings.Count + 1];
        for (var i = 0; i < strings.Count; i++) Pointers[i] = Marshal.StringToCoTaskMemUTF8(strings[i]);
    }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        foreach (var pointer in Pointers) Marshal.FreeCoTaskMem(pointer);
    }
}
