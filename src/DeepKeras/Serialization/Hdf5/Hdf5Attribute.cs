using System.Runtime.InteropServices;
using System.Text;

namespace DeepKeras.Serialization;

/// <summary>Texts attached to a group: one, or an array of them; of fixed length, as NumPy's <c>S</c> arrays, or each of its own, as h5py's <c>str</c>.</summary>
internal static unsafe class Hdf5Attribute
{
    private const int TextClass = 3;
    private const int PaddedWithSpaces = 2;
    private const long LimitBytes = 1 << 28;

    /// <summary>The texts, or <see langword="null"/> when there is no such attribute. An empty array of any type counts as no texts.</summary>
    public static IReadOnlyList<string>? Read(long owner, string name, string source)
    {
        if (Hdf5Library.Check(Hdf5Native.H5Aexists(owner, name), source, $"attribute '{name}' cannot be looked up") == 0) return null;
        using var attribute = Hdf5Library.Own(Hdf5Native.H5Aopen(owner, name, 0), source, $"attribute '{name}' cannot be opened");
        using var type = Hdf5Library.Own(Hdf5Native.H5Aget_type(attribute), source, $"attribute '{name}' has no readable type");
        using var space = Hdf5Library.Own(Hdf5Native.H5Aget_space(attribute), source, $"attribute '{name}' has no readable shape");
        var count = Hdf5Library.Check(Hdf5Native.H5Sget_simple_extent_npoints(space), source, $"attribute '{name}' has no readable shape");
        if (count == 0) return [];
        if (Hdf5Native.H5Tget_class(type) != TextClass) throw Throw.Hdf5(source, $"attribute '{name}' is of type {Hdf5Type.Describe(type)} where text is expected");
        var size = (long)Hdf5Native.H5Tget_size(type);
        if (count > LimitBytes / Math.Max(1, size)) throw Throw.Hdf5(source, $"attribute '{name}' is said to hold {count} texts of {size} bytes");
        var bytes = new byte[count * size];
        fixed (byte* buffer = bytes)
        {
            Hdf5Library.Check(Hdf5Native.H5Aread(attribute, type, buffer), source, $"attribute '{name}' cannot be read");
            return Hdf5Native.H5Tis_variable_str(type) > 0 ? Pointed(buffer, (int)count, type, space) : Fixed(bytes, (int)count, (int)size, Hdf5Native.H5Tget_strpad(type) == PaddedWithSpaces);
        }
    }

    /// <summary>Attaches a text.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(long owner, string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\0");
        using var type = Hdf5Type.Text(bytes.Length - 1);
        using var space = new Hdf5Handle(Hdf5Native.H5Screate(0));
        using var attribute = new Hdf5Handle(Hdf5Native.H5Acreate2(owner, name, type, space, 0, 0));
        fixed (byte* buffer = bytes)
        {
            if (Hdf5Native.H5Awrite(attribute, type, buffer) < 0) throw new IOException(Hdf5Library.Failed($"attribute '{name}' cannot be written"));
        }
    }

    private static string[] Pointed(byte* buffer, int count, long type, long space)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = Marshal.PtrToStringUTF8(((nint*)buffer)[i]) ?? "";
        _ = Hdf5Native.H5Dvlen_reclaim(type, space, 0, buffer);
        return texts;
    }

    private static string[] Fixed(byte[] bytes, int count, int size, bool spaces)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var part = bytes.AsSpan(i * size, size);
            var end = part.IndexOf((byte)0);
            var text = Encoding.UTF8.GetString(end < 0 ? part : part[..end]);
            texts[i] = spaces ? text.TrimEnd(' ') : text;
        }
        return texts;
    }
}
