using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files that h5py wrote (Golden/keras_files/make_hdf5_files.py), and damaged ones.</summary>
[TestFixture]
public sealed class Hdf5Tests
{
    private static readonly string[] s_types =
    [
        "float16 Float16", "float16_big Float16", "float32 Float32", "float32_big Float32", "float64 Float64", "float64_big Float64", "uint8 Byte", "int8 Int8", "int16_big Int16",
        "uint16 Int32", "int32 Int32", "uint32_big Int64", "int64_big Int64", "uint64 Int64", "chunked Float32", "gzip Float32", "shuffled Float64",
    ];

    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCaseSource(nameof(s_types))]
    public void Every_element_type_and_layout_is_read(string what)
    {
        var (name, type) = (what.Split(' ')[0], Enum.Parse<ScalarType>(what.Split(' ')[1]));
        using var file = WeightFile.Open(Golden("types.weights.h5"));
        var entry = file.Entries.Single(e => e.Name == $"layers/{name}/vars/0");
        (entry.Dtype, entry.Shape).Should().Be((type, new Shape(2, 3)));
        using var tensor = file.Read(entry.Name);
        tensor.dtype.Should().Be(type);
        tensor.shape.Should().Equal(2, 3);
        Numbers(tensor).Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Test]
    public void Scalars_and_empty_arrays_are_read_and_texts_and_seeds_are_skipped()
    {
        using var file = WeightFile.Open(Golden("types.weights.h5"));
        Number(file.Read("layers/scalar/vars/0")).Should().Be(2.5);
        file.Read("layers/empty/vars/0").shape.Should().Equal(0, 3);
        file.Skipped.Should().BeEquivalentTo("layers/words/vars/0", "layers/dropout/seed_generator/seed_generator_state");
        file.Entries.Should().HaveCount(s_types.Length + 2);
    }

    [Test]
    public void Files_of_the_latest_layout_are_read()
    {
        using var file = WeightFile.Open(Golden("latest.weights.h5"));
        Numbers(file.Read("layers/float32/vars/0")).Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Test]
    public void What_is_written_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.h5");
        var tensors = new[] { ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64 }
            .Select(t => (Name: t.ToString(), Value: torch.arange(12, ScalarType.Float64).view(3, 4).t().to_type(t))).Append(("scalar", torch.tensor(1.5f))).Append(("empty", torch.zeros(0, 2))).ToList();
        using (var writer = new Hdf5Writer(path))
        {
            writer.AddGroup("inside");
            writer.AddText("inside", "name", "Größe");
            foreach (var (name, value) in tensors) writer.Add("inside/" + name, value);
            writer.Close();
        }
        using var file = new Hdf5File(path);
        file.Text("inside", "name").Should().Be("Größe");
        file.Text("inside", "other").Should().BeNull();
        file.DataSets.Should().HaveCount(tensors.Count);
        foreach (var (name, value) in tensors)
        {
            using var read = file.Read(file.Find("inside/" + name)!);
            (read.dtype, Shape.Of(read)).Should().Be((value.dtype, Shape.Of(value)));
            Numbers(read).Should().Equal(Numbers(value.contiguous()));
        }
    }

    [TestCase("soft_link.h5", "'layers' is a link to another place, which is not followed")]
    [TestCase("external_link.h5", "'layers' is a link to another place, which is not followed")]
    [TestCase("loop.h5", "its groups lie in each other more than 64 deep*")]
    [TestCase("too_large.h5", "'layers/dense/vars/0' is said to have the shape (1099511627776, 1048576), which no memory holds")]
    [TestCase("listed_only.h5", "'dense/dense/kernel:0' is listed in layer_names but not in the file")]
    [TestCase("numbers_for_names.h5", "attribute 'layer_names' is of type float where text is expected")]
    public void What_a_file_must_not_hold_is_refused(string name, string problem) =>
        FluentActions.Invoking(() => WeightFile.Open(Golden(name))).Should().Throw<KerasException>().WithMessage($"*{name} is no usable HDF5 file: {problem}. Get a whole copy*");

    [TestCase("external_data.h5", "the data of 'layers/dense/vars/0' are said to lie in another file, which is not opened")]
    [TestCase("virtual.h5", "the data of 'layers/dense/vars/0' are said to lie in another file, which is not opened")]
    [TestCase("never_written.h5", "'layers/dense/vars/0' has 0 bytes of data where its shape (1048576, 262144) and type Float32 need 1099511627776")]
    public void Data_that_the_file_does_not_hold_are_refused(string name, string problem)
    {
        using var file = WeightFile.Open(Golden(name));
        FluentActions.Invoking(() => file.Read("layers/dense/vars/0")).Should().Throw<KerasException>().WithMessage($"*{name} is no usable HDF5 file: {problem}. Get a whole copy*");
    }

    [Test]
    public void Files_that_are_not_of_Keras_are_named()
    {
        FluentActions.Invoking(() => WeightFile.Open(Golden("no_keras.h5"))).Should().Throw<KerasException>().WithMessage("*no_keras.h5 is an HDF5 file, but none of Keras*it holds 'table'*");
        FluentActions.Invoking(() => WeightFile.Open(Golden("theano.h5"))).Should().Throw<KerasException>().WithMessage("*theano.h5 was written by Keras on Theano*tf_kernels*");
    }

    [Test]
    public void A_file_that_breaks_off_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Golden("lenet.weights.h5"));
        var model = LoadModel(Golden("lenet.keras"));
        var before = model.GetWeights().Select(w => Numbers(w)).ToArray();
        foreach (var length in new[] { 9, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(folder.File("cut.weights.h5"), whole[..length]);
            FluentActions.Invoking(() => model.LoadWeights(folder.File("cut.weights.h5"))).Should().Throw<KerasException>().WithMessage("*cut.weights.h5 is no usable HDF5 file: it cannot be opened (*");
        }
        model.GetWeights().Select(w => Numbers(w)).Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
    }

    [Test]
    public void Damaged_compressed_data_are_refused()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Golden("types.weights.h5"));
        // The two bytes with which zlib at its highest level begins.
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x78, 0xDA]);
        at.Should().BePositive();
        bytes[at] = 0;
        File.WriteAllBytes(folder.File("w.h5"), bytes);
        using var file = WeightFile.Open(folder.File("w.h5"));
        FluentActions.Invoking(() => file.Read("layers/gzip/vars/0")).Should().Throw<KerasException>().WithMessage("*'layers/gzip/vars/0' cannot be read (*");
    }

    [Test]
    public void A_missing_library_is_named_with_its_package() =>
        FluentActions.Invoking(() => Hdf5Library.Load(["libhdf5_nowhere.so"])).Should().Throw<KerasException>().WithMessage("*looked for as libhdf5_nowhere.so and not found*libhdf5-103-1*");

    [Test]
    public void An_old_library_and_a_foreign_type_are_named()
    {
        Throw.Hdf5TooOld(new Version(1, 8, 20)).Message.Should().Contain("1.10 or later").And.Contain("1.8.20");
        FluentActions.Invoking(() => Hdf5Type.OfMemory(ScalarType.ComplexFloat32)).Should().Throw<KerasException>().WithMessage("A tensor of ComplexFloat32 cannot be written to an HDF5 file*");
    }

    [Test]
    public void Reading_again_and_again_leaves_nothing_behind()
    {
        using var file = WeightFile.Open(Golden("types.weights.h5"));
        Leaks.None(() =>
        {
            foreach (var entry in file.Entries) file.Read(entry.Name).Dispose();
        });
    }

    [Test]
    public void Several_threads_may_read_at_once()
    {
        var failures = 0;
        Parallel.For(0, 40, i =>
        {
            using var file = WeightFile.Open(Golden("types.weights.h5"));
            using var tensor = file.Read("layers/gzip/vars/0");
            if (Numbers(tensor)[5] != 5) Interlocked.Increment(ref failures);
        });
        failures.Should().Be(0);
    }

    private static string Golden(string name) => GoldenFile.Path("keras_files/" + name);
}
