using System.Runtime.InteropServices;

namespace DeepKeras.Serialization;

/// <summary>The functions of libhdf5 (support.hdfgroup.org, version 1.10 and later) that are used here. Identifiers are 64 bits wide, sizes are unsigned.</summary>
internal static unsafe partial class Hdf5Native
{
    internal const string Library = "hdf5";

    [LibraryImport(Library)] internal static partial int H5open();
    [LibraryImport(Library)] internal static partial int H5get_libversion(out uint major, out uint minor, out uint release);
    [LibraryImport(Library)] internal static partial int H5Eset_auto2(long stack, nint handler, nint context);
    [LibraryImport(Library)] internal static partial int H5Ewalk2(long stack, int direction, delegate* unmanaged[Cdecl]<uint, Hdf5ErrorRecord*, void*, int> visitor, void* context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Fcreate(string path, uint flags, long creation, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Fopen(string path, uint flags, long access);
    [LibraryImport(Library)] internal static partial int H5Fclose(long file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Gcreate2(long parent, string name, long links, long creation, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Oopen(long parent, string name, long access);
    [LibraryImport(Library)] internal static partial int H5Iget_type(long id);
    [LibraryImport(Library)] internal static partial int H5Idec_ref(long id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Dcreate2(long parent, string name, long type, long space, long links, long creation, long access);
    [LibraryImport(Library)] internal static partial int H5Dread(long set, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);
    [LibraryImport(Library)] internal static partial int H5Dwrite(long set, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);
    [LibraryImport(Library)] internal static partial long H5Dget_type(long set);
    [LibraryImport(Library)] internal static partial long H5Dget_space(long set);
    [LibraryImport(Library)] internal static partial long H5Dget_create_plist(long set);
    [LibraryImport(Library)] internal static partial ulong H5Dget_storage_size(long set);
    [LibraryImport(Library)] internal static partial int H5Dvlen_reclaim(long type, long space, long transfer, void* buffer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int H5Aexists(long parent, string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Aopen(long parent, string name, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long H5Acreate2(long parent, string name, long type, long space, long creation, long access);
    [LibraryImport(Library)] internal static partial long H5Aget_type(long attribute);
    [LibraryImport(Library)] internal static partial long H5Aget_space(long attribute);
    [LibraryImport(Library)] internal static partial int H5Aread(long attribute, long memoryType, void* buffer);
    [LibraryImport(Library)] internal static partial int H5Awrite(long attribute, long memoryType, void* buffer);

    [LibraryImport(Library)] internal static partial long H5Screate(int kind);
    [LibraryImport(Library)] internal static partial long H5Screate_simple(int rank, ulong* extents, ulong* limits);
    [LibraryImport(Library)] internal static partial int H5Sget_simple_extent_ndims(long space);
    [LibraryImport(Library)] internal static partial int H5Sget_simple_extent_dims(long space, ulong* extents, ulong* limits);
    [LibraryImport(Library)] internal static partial long H5Sget_simple_extent_npoints(long space);

    [LibraryImport(Library)] internal static partial long H5Tcopy(long type);
    [LibraryImport(Library)] internal static partial int H5Tget_class(long type);
    [LibraryImport(Library)] internal static partial nuint H5Tget_size(long type);
    [LibraryImport(Library)] internal static partial int H5Tset_size(long type, nuint size);
    [LibraryImport(Library)] internal static partial int H5Tget_sign(long type);
    [LibraryImport(Library)] internal static partial int H5Tis_variable_str(long type);
    [LibraryImport(Library)] internal static partial int H5Tset_cset(long type, int encoding);
    [LibraryImport(Library)] internal static partial int H5Tget_strpad(long type);
    [LibraryImport(Library)] internal static partial int H5Tget_fields(long type, out nuint sign, out nuint exponentAt, out nuint exponentSize, out nuint mantissaAt, out nuint mantissaSize);
    [LibraryImport(Library)] internal static partial int H5Tset_fields(long type, nuint sign, nuint exponentAt, nuint exponentSize, nuint mantissaAt, nuint mantissaSize);
    [LibraryImport(Library)] internal static partial int H5Tset_ebias(long type, nuint bias);

    [LibraryImport(Library)] internal static partial long H5Pcreate(long kind);
    [LibraryImport(Library)] internal static partial int H5Pset_fclose_degree(long list, int degree);
    [LibraryImport(Library)] internal static partial int H5Pget_layout(long list);
    [LibraryImport(Library)] internal static partial int H5Pget_external_count(long list);
}
