namespace DeepKeras.Serialization;

/// <summary>An open object of libhdf5: a group, a data set, a type …. Disposing it closes the object.</summary>
internal sealed class Hdf5Handle(long id) : IDisposable
{
    private long _id = id;

    public static implicit operator long(Hdf5Handle handle) => handle._id;

    public void Dispose()
    {
        if (_id > 0) _ = Hdf5Native.H5Idec_ref(_id);
        _id = 0;
    }
}
