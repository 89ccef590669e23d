namespace DeepKeras.Serialization;

/// <summary>
/// An HDF5 file that is read. Its groups and arrays are listed at once, by hard links alone: links to other places and other files, arrays whose data lie in
/// another file, and structures that never end are refused, as is an array that says it holds more than the file can.
/// </summary>
internal sealed unsafe class Hdf5File : IDisposable
{
    /// <summary>Deflate makes at most 1032 bytes of one.</summary>
    private const long GreatestCompression = 1100;

    private const long MostElements = 1L << 48;
    private const int ChunkedLayout = 2;
    private const int VirtualLayout = 3;
    private readonly long _file;
    private readonly Dictionary<string, Hdf5DataSet> _sets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private bool _closed;

    /// <param name="path">The file.</param>
    /// <param name="source">What to call it in messages; its path by default.</param>
    /// <exception cref="KerasException">It is no whole HDF5 file, holds what is refused, or the library is missing.</exception>
    public Hdf5File(string path, string? source = null)
    {
        Source = source ?? path;
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var access = Hdf5Access.ForFile();
            _file = Hdf5Library.Check(Hdf5Native.H5Fopen(path, 0, access), Source, "it cannot be opened");
            try
            {
                foreach (var (objectPath, kind) in new Hdf5Scan(_file, Source).Objects)
                {
                    if (kind == Hdf5Scan.Group) _ = _groups.Add(objectPath);
                    else if (kind == Hdf5Scan.DataSet) _sets.Add(objectPath, Describe(objectPath));
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }
    }

    /// <summary>What the file is called in messages.</summary>
    public string Source { get; }

    /// <summary>Every array, in the order of the names, groups after groups.</summary>
    public IReadOnlyCollection<Hdf5DataSet> DataSets => _sets.Values;

    /// <summary>Whether there is a group of that path; the empty path is the root.</summary>
    public bool HasGroup(string path) => path.Length == 0 || _groups.Contains(path);

    /// <summary>The array of that path, or <see langword="null"/>.</summary>
    public Hdf5DataSet? Find(string path) => _sets.GetValueOrDefault(path);

    /// <summary>The text that is attached to a group, or <see langword="null"/>.</summary>
    public string? Text(string group, string attribute) => Texts(group, attribute) switch
    {
        null => null,
        [var only] => only,
        var several => throw Throw.Hdf5(Source, $"attribute '{attribute}' holds {several.Count} texts where one is expected"),
    };

    /// <summary>The texts that are attached to a group, or <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Texts(string group, string attribute)
    {
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var owner = Open(group);
            return Hdf5Attribute.Read(owner, attribute, Source);
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="set">One of <see cref="DataSets"/>.</param>
    /// <returns>A contiguous tensor on the CPU.</returns>
    /// <exception cref="KerasException">It holds no numbers, or its data are damaged or incomplete.</exception>
    public Tensor Read(Hdf5DataSet set)
    {
        if (set.Dtype is not { } dtype) throw Throw.Hdf5(Source, $"'{set.Path}' holds {Kind(set.Path)} elements where numbers are expected");
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var opened = Open(set.Path);
            CheckStorage(opened, set, dtype);
            var tensor = torch.empty(set.Shape.ToArray(), dtype);
            try
            {
                using var memory = Hdf5Type.OfMemory(dtype);
                Hdf5Memory.Use(tensor, data => Hdf5Library.Check(Hdf5Native.H5Dread(opened, memory, 0, 0, 0, (void*)data), Source, $"'{set.Path}' cannot be read"));
                return tensor;
            }
            catch
            {
                tensor.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (Hdf5Library.Gate)
        {
            if (!_closed) _ = Hdf5Native.H5Fclose(_file);
            _closed = true;
        }
    }

    private Hdf5Handle Open(string path) => Hdf5Library.Own(Hdf5Native.H5Oopen(_file, path.Length == 0 ? "/" : path, 0), Source, $"'{path}' cannot be opened");

    private Hdf5DataSet Describe(string path)
    {
        using var set = Open(path);
        using var type = Hdf5Library.Own(Hdf5Native.H5Dget_type(set), Source, $"'{path}' has no readable element type");
        using var space = Hdf5Library.Own(Hdf5Native.H5Dget_space(set), Source, $"'{path}' has no readable shape");
        var extents = new ulong[Math.Max(1, Hdf5Library.Check(Hdf5Native.H5Sget_simple_extent_ndims(space), Source, $"'{path}' has no readable shape"))];
        int rank;
        fixed (ulong* first = extents) rank = (int)Hdf5Library.Check(Hdf5Native.H5Sget_simple_extent_dims(space, first, null), Source, $"'{path}' has no readable shape");
        extents = extents[..rank];
        if (extents.Any(e => e > MostElements) || extents.Aggregate(1.0, (count, e) => count * e) > MostElements) throw Throw.Hdf5(Source, $"'{path}' is said to have the shape ({string.Join(", ", extents)}), which no memory holds");
        return new Hdf5DataSet(path, new Shape([.. extents.Select(e => (long)e)]), Hdf5Type.ToTorch(type));
    }

    private string Kind(string path)
    {
        lock (Hdf5Library.Gate)
        {
            using var set = Open(path);
            using var type = new Hdf5Handle(Hdf5Native.H5Dget_type(set));
            return Hdf5Type.Describe(type);
        }
    }

    /// <summary>An array of which the file holds too little would be filled up with zeros, or take memory that no data stand for.</summary>
    private void CheckStorage(long opened, Hdf5DataSet set, ScalarType dtype)
    {
        using var creation = Hdf5Library.Own(Hdf5Native.H5Dget_create_plist(opened), Source, $"'{set.Path}' has no readable layout");
        var layout = Hdf5Native.H5Pget_layout(creation);
        if (layout == VirtualLayout || Hdf5Native.H5Pget_external_count(creation) > 0) throw Throw.Hdf5(Source, $"the data of '{set.Path}' are said to lie in another file, which is not opened");
        using var type = Hdf5Library.Own(Hdf5Native.H5Dget_type(opened), Source, $"'{set.Path}' has no readable element type");
        var (wanted, stored) = ((decimal)set.Shape.ElementCount!.Value * Hdf5Native.H5Tget_size(type), (decimal)Hdf5Native.H5Dget_storage_size(opened));
        if (wanted > (layout == ChunkedLayout ? stored * GreatestCompression : stored)) throw Throw.Hdf5(Source, $"'{set.Path}' has {stored} bytes of data where its shape {set.Shape} and type {dtype} need {wanted}");
    }
}
