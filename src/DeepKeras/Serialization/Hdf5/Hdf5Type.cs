namespace DeepKeras.Serialization;

/// <summary>Element types between HDF5 and torch. Byte orders and odd widths are converted by libhdf5 when it reads.</summary>
internal static unsafe class Hdf5Type
{
    private const int IntegerClass = 0;
    private const int FloatClass = 1;
    private static readonly string[] s_classes = ["integer", "float", "time", "text", "bit field", "opaque", "compound", "reference", "enumeration", "list of varying length", "array"];

    /// <summary>The torch type that holds every value of a type of a file, or <see langword="null"/> when there is none.</summary>
    public static ScalarType? ToTorch(long type)
    {
        var size = (int)Hdf5Native.H5Tget_size(type);
        switch (Hdf5Native.H5Tget_class(type))
        {
            case IntegerClass:
                var signed = Hdf5Native.H5Tget_sign(type) == 1;
                return (size, signed) switch
                {
                    (1, false) => ScalarType.Byte,
                    (1, true) => ScalarType.Int8,
                    (2, true) => ScalarType.Int16,
                    (2, false) or (4, true) => ScalarType.Int32,
                    (4, false) or (8, _) => ScalarType.Int64,
                    _ => null,
                };
            case FloatClass:
                _ = Hdf5Native.H5Tget_fields(type, out _, out _, out _, out _, out var mantissa);
                return (size, (int)mantissa) switch
                {
                    (2, 10) => ScalarType.Float16,
                    (2, 7) => ScalarType.BFloat16,
                    (4, 23) => ScalarType.Float32,
                    (8, 52) => ScalarType.Float64,
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>What a type is called in messages.</summary>
    public static string Describe(long type) => s_classes.ElementAtOrDefault(Hdf5Native.H5Tget_class(type)) ?? "unknown";

    /// <summary>HDF5's own description of a torch type in memory.</summary>
    /// <exception cref="KerasException">HDF5 has none, such as for complex numbers.</exception>
    public static Hdf5Handle OfMemory(ScalarType type) => type switch
    {
        ScalarType.Byte => Native("H5T_NATIVE_UINT8_g"),
        ScalarType.Int8 => Native("H5T_NATIVE_INT8_g"),
        ScalarType.Int16 => Native("H5T_NATIVE_INT16_g"),
        ScalarType.Int32 => Native("H5T_NATIVE_INT32_g"),
        ScalarType.Int64 => Native("H5T_NATIVE_INT64_g"),
        ScalarType.Float16 => Half(exponentSize: 5, bias: 15),
        ScalarType.BFloat16 => Half(exponentSize: 8, bias: 127),
        ScalarType.Float32 => Native("H5T_NATIVE_FLOAT_g"),
        ScalarType.Float64 => Native("H5T_NATIVE_DOUBLE_g"),
        _ => throw Throw.Hdf5Type(type),
    };

    /// <summary>Text of that many bytes in UTF-8, filled up with zeros.</summary>
    public static Hdf5Handle Text(int length)
    {
        var type = Native("H5T_C_S1_g");
        _ = Hdf5Native.H5Tset_size(type, (nuint)Math.Max(1, length));
        _ = Hdf5Native.H5Tset_cset(type, 1);
        return type;
    }

    private static Hdf5Handle Native(string variable) => new(Hdf5Native.H5Tcopy(*(long*)Hdf5Library.Export(variable)));

    /// <summary>Sixteen bits: the sign, the exponent, the mantissa.</summary>
    private static Hdf5Handle Half(int exponentSize, int bias)
    {
        var (type, mantissa) = (Native("H5T_NATIVE_FLOAT_g"), (nuint)(15 - exponentSize));
        _ = Hdf5Native.H5Tset_fields(type, 15, mantissa, (nuint)exponentSize, 0, mantissa);
        _ = Hdf5Native.H5Tset_size(type, 2);
        _ = Hdf5Native.H5Tset_ebias(type, (nuint)bias);
        return type;
    }
}
