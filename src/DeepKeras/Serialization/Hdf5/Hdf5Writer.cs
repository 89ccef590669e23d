namespace DeepKeras.Serialization;

/// <summary>An HDF5 file that is written: groups, arrays as they lie in memory, texts attached to groups.</summary>
internal sealed unsafe class Hdf5Writer : IDisposable
{
    private readonly long _file;
    private bool _closed;

    /// <param name="path">A name that is overwritten.</param>
    /// <exception cref="KerasException">The file cannot be made, or the library is missing.</exception>
    public Hdf5Writer(string path)
    {
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var access = Hdf5Access.ForFile();
            _file = Written(Hdf5Native.H5Fcreate(path, 2, 0, access), "it cannot be made");
        }
    }

    /// <summary>Makes a group inside groups that exist.</summary>
    public void AddGroup(string path)
    {
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            new Hdf5Handle(Written(Hdf5Native.H5Gcreate2(_file, path, 0, 0, 0), $"the group '{path}' cannot be made")).Dispose();
        }
    }

    /// <summary>Attaches a text to a group.</summary>
    public void AddText(string group, string attribute, string text)
    {
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var owner = new Hdf5Handle(Written(Hdf5Native.H5Oopen(_file, group, 0), $"'{group}' cannot be opened"));
            Hdf5Attribute.Write(owner, attribute, text);
        }
    }

    /// <summary>Writes an array.</summary>
    /// <param name="path">Its name, behind groups that exist.</param>
    /// <param name="values">Its values; any device and memory layout.</param>
    public void Add(string path, Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        var dense = values.detach().cpu().contiguous();
        lock (Hdf5Library.Gate)
        {
            Hdf5Library.Enter();
            using var type = Hdf5Type.OfMemory(dense.dtype);
            using var space = Space(dense.shape);
            using var set = new Hdf5Handle(Written(Hdf5Native.H5Dcreate2(_file, path, type, space, 0, 0, 0), $"'{path}' cannot be made"));
            Hdf5Memory.Use(dense, data => Written(Hdf5Native.H5Dwrite(set, type, 0, 0, 0, (void*)data), $"'{path}' cannot be written"));
        }
    }

    /// <summary>Brings everything into the file.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Close()
    {
        lock (Hdf5Library.Gate)
        {
            if (_closed) return;
            _closed = true;
            Hdf5Library.Enter();
            Written(Hdf5Native.H5Fclose(_file), "it cannot be closed");
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

    private static Hdf5Handle Space(long[] shape)
    {
        if (shape.Length == 0) return new Hdf5Handle(Hdf5Native.H5Screate(0));
        fixed (long* extents = shape) return new Hdf5Handle(Hdf5Native.H5Screate_simple(shape.Length, (ulong*)extents, null));
    }

    /// <summary>What fails when writing is the disk's doing; the caller reports it with the name of the file that was wanted.</summary>
    private static long Written(long result, string doing) => result >= 0 ? result : throw new IOException(Hdf5Library.Failed(doing));
}
