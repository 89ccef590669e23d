namespace DeepKeras.Serialization;

/// <summary>An array in an HDF5 file, known before it is read.</summary>
/// <param name="Path">Groups and name, without a slash in front: <c>layers/dense/vars/0</c>.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Dtype">The torch type that its elements are read as; <see langword="null"/> for texts and other things that are no numbers.</param>
internal sealed record Hdf5DataSet(string Path, Shape Shape, ScalarType? Dtype);
