using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepKeras.Serialization;

/// <summary>Lists the groups and arrays of a file.</summary>
internal sealed unsafe class Hdf5Scan
{
    public const int Group = 2;
    public const int DataSet = 5;
    private const int DeepestPath = 64;
    private const int MostObjects = 1_000_000;
    private readonly List<(string Path, int Kind)> _objects = [];
    private readonly string _source;

    /// <param name="file">The open file.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="KerasException">It links to other places or never ends.</exception>
    public Hdf5Scan(long file, string source)
    {
        _source = source;
        Visit(file, "", 0);
    }

    /// <summary>Paths without a slash in front, and whether each is a <see cref="Group"/>, a <see cref="DataSet"/> or something else.</summary>
    public IReadOnlyList<(string Path, int Kind)> Objects => _objects;

    private void Visit(long group, string prefix, int depth)
    {
        if (depth > DeepestPath) throw Throw.Hdf5(_source, $"its groups lie in each other more than {DeepestPath} deep ('{prefix}')");
        foreach (var (name, isHard) in Children(group, prefix))
        {
            var path = prefix + name;
            if (!isHard) throw Throw.Hdf5(_source, $"'{path}' is a link to another place, which is not followed");
            if (_objects.Count == MostObjects) throw Throw.Hdf5(_source, $"it lists more than {MostObjects} objects");
            using var child = Hdf5Library.Own(Hdf5Native.H5Oopen(group, name, 0), _source, $"'{path}' cannot be opened");
            var kind = Hdf5Native.H5Iget_type(child);
            _objects.Add((path, kind));
            if (kind == Group) Visit(child, path + "/", depth + 1);
        }
    }

    private List<(string Name, bool IsHard)> Children(long group, string prefix)
    {
        var found = new List<(string Name, bool IsHard)>();
        var handle = GCHandle.Alloc(found);
        try
        {
            // The function was renamed twice; what it says about a link begins with the kind in every version.
            var address = Array.Find([Hdf5Library.Export("H5Literate2"), Hdf5Library.Export("H5Literate1"), Hdf5Library.Export("H5Literate")], a => a != 0);
            var iterate = (delegate* unmanaged[Cdecl]<long, int, int, ulong*, delegate* unmanaged[Cdecl]<long, byte*, int*, void*, int>, void*, int>)address;
            var result = iterate(group, 0, 0, null, &Note, (void*)GCHandle.ToIntPtr(handle));
            Hdf5Library.Check(result, _source, $"the group '{prefix}' cannot be listed");
        }
        finally
        {
            handle.Free();
        }
        return found;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Note(long group, byte* name, int* kind, void* context)
    {
        ((List<(string Name, bool IsHard)>)GCHandle.FromIntPtr((nint)context).Target!).Add((Marshal.PtrToStringUTF8((nint)name)!, *kind == 0));
        return 0;
    }
}
