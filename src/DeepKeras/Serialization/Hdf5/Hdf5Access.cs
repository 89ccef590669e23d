namespace DeepKeras.Serialization;

/// <summary>How files are opened.</summary>
internal static unsafe class Hdf5Access
{
    private const int CloseEverything = 3;

    /// <summary>A file that closes whatever is still open inside when it is closed, and that works on disks without locks.</summary>
    public static Hdf5Handle ForFile()
    {
        var list = new Hdf5Handle(Hdf5Native.H5Pcreate(*(long*)Hdf5Library.Export("H5P_CLS_FILE_ACCESS_ID_g")));
        _ = Hdf5Native.H5Pset_fclose_degree(list, CloseEverything);
        // Only versions since 1.10.7 let a program say that it needs no locks.
        if (Hdf5Library.Export("H5Pset_file_locking") is not 0 and var address) _ = ((delegate* unmanaged[Cdecl]<long, byte, byte, int>)address)(list, 0, 1);
        return list;
    }
}
