using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepKeras.Serialization;

/// <summary>libhdf5 itself: found and started once. It is not made for several threads, so whoever calls it holds <see cref="Gate"/>.</summary>
internal static unsafe class Hdf5Library
{
    private static readonly Lazy<nint> s_module = new(Start);
    private static string? s_firstProblem;

    /// <summary>To be held during every call.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>Under which names the library is looked for: Debian's serial build, then plain ones.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        OperatingSystem.IsWindows() ? ["hdf5.dll", "libhdf5.dll"]
        : OperatingSystem.IsMacOS() ? ["libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib"]
        : ["libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so", "libhdf5.so.103", "libhdf5.so.200", "libhdf5.so.310", "libhdf5.so"];

    /// <summary>Finds and starts the library when that has not been done, and makes it keep its messages to itself (a setting of the thread).</summary>
    /// <exception cref="KerasException">The library is not installed or too old.</exception>
    public static void Enter()
    {
        _ = s_module.Value;
        _ = Hdf5Native.H5Eset_auto2(0, 0, 0);
    }

    /// <summary>The address of an exported function or variable, or 0.</summary>
    public static nint Export(string name) => NativeLibrary.TryGetExport(s_module.Value, name, out var address) ? address : 0;

    /// <summary>Loads the first library of these names.</summary>
    /// <exception cref="KerasException">There is none.</exception>
    public static nint Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var module)) return module;
        }
        throw Throw.Hdf5Missing(names);
    }

    /// <summary>Passes a result on, or throws with what the library says about its failure.</summary>
    /// <param name="result">Negative when the call failed.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <param name="doing">What failed: "its data cannot be read".</param>
    public static long Check(long result, string source, string doing) => result >= 0 ? result : throw Throw.Hdf5(source, Failed(doing));

    /// <summary>What failed, with the library's own words for the reason.</summary>
    public static string Failed(string doing)
    {
        s_firstProblem = null;
        _ = Hdf5Native.H5Ewalk2(0, 0, &Note, null);
        return s_firstProblem is { Length: > 0 } said ? $"{doing} ({said})" : doing;
    }

    /// <summary>As <see cref="Check"/>, for results that must be closed.</summary>
    public static Hdf5Handle Own(long result, string source, string doing) => new(Check(result, source, doing));

    private static nint Start()
    {
        var module = Load(FileNames);
        NativeLibrary.SetDllImportResolver(typeof(Hdf5Native).Assembly, (name, _, _) => name == Hdf5Native.Library ? module : 0);
        _ = Hdf5Native.H5open();
        _ = Hdf5Native.H5get_libversion(out var major, out var minor, out var release);
        return (major, minor) is (1, >= 10) or ( > 1, _) ? module : throw Throw.Hdf5TooOld(new Version((int)major, (int)minor, (int)release));
    }

    /// <summary>Takes the innermost description, which says most.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Note(uint level, Hdf5ErrorRecord* record, void* context)
    {
        s_firstProblem ??= Marshal.PtrToStringUTF8((nint)record->Description);
        return 0;
    }
}
