using System.Text.Json.Nodes;
using DeepKeras.Activations;
using DeepKeras.Initializers;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class ObjectConfigTests
{
    /// <summary>Classes whose constructor takes code; each is refused with a message of its own.</summary>
    private static readonly string[] s_code = ["Lambda", "TorchModule", "MeanMetricWrapper"];

    private static IEnumerable<TestCaseData> Every() => ConfigSamples.Types().Where(t => !s_code.Contains(t.Name)).Select(t => new TestCaseData(t).SetArgDisplayNames(t.FullName!));

    [Test]
    public void Every_family_has_classes_to_look_at() =>
        ConfigSamples.Types().Select(t => ConfigFamily.For(t)!.Noun).Distinct().Should().BeEquivalentTo(ConfigFamily.All.Select(f => f.Noun));

    [TestCaseSource(nameof(Every))]
    public void Every_class_comes_back_as_it_was(Type type)
    {
        var first = ObjectConfig.Write(ConfigSamples.Create(type));
        var copy = ObjectConfig.ReadObject(JsonNode.Parse(first.ToJsonString())!, ConfigFamily.For(type)!.BaseType);
        copy.Should().BeOfType(type);
        ObjectConfig.Write(copy).ToJsonString().Should().Be(first.ToJsonString());
        first["class_name"]!.GetValue<string>().Should().Be(type.Name);
    }

    [Test]
    public void A_layer_is_written_in_Keras_words()
    {
        var layer = new Dense(10, "softmax", kernelRegularizer: new L2(0.01), name: "out");
        var written = ObjectConfig.Write(layer);
        written["module"]!.GetValue<string>().Should().Be("keras.layers");
        written["class_name"]!.GetValue<string>().Should().Be("Dense");
        written["config"]!.ToJsonString().Should().StartWith("""{"name":"out","trainable":true,"dtype":"float32","units":10,"activation":"softmax","use_bias":true,"kernel_initializer":{"module":"keras.initializers","class_name":"GlorotUniform","config":{"seed":null}""");
        written["config"]!["kernel_regularizer"]!["config"]!.ToJsonString().Should().Be("""{"l2":0.01}""");
    }

    [Test]
    public void A_seed_is_kept_when_it_was_given_and_drawn_anew_when_not()
    {
        var given = ObjectConfig.Read<Initializer>(ObjectConfig.Write(new GlorotUniform(7)));
        ((GlorotUniform)given).Seed.Should().Be(7);
        var drawn = new GlorotUniform();
        ((GlorotUniform)ObjectConfig.Read<Initializer>(ObjectConfig.Write(drawn))).Seed.Should().NotBe(drawn.Seed);
    }

    [Test]
    public void Trainable_and_dtype_of_a_layer_come_back()
    {
        var layer = new Dense(3) { Trainable = false, DtypePolicy = DtypePolicy.Of(ScalarType.Float64) };
        var copy = ObjectConfig.Read<Layer>(ObjectConfig.Write(layer));
        copy.Trainable.Should().BeFalse();
        copy.Dtype.Should().Be(ScalarType.Float64);
        copy.Name.Should().Be(layer.Name);
    }

    [Test]
    public void The_dtype_policy_that_Keras_writes_is_read()
    {
        var json = JsonNode.Parse("""{"class_name":"Dense","config":{"units":2,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float64"},"registered_name":null}}}""")!;
        ObjectConfig.Read<Layer>(json).Dtype.Should().Be(ScalarType.Float64);
    }

    [Test]
    public void A_name_alone_gives_the_defaults()
    {
        ObjectConfig.Read<Initializer>("zeros").Should().BeOfType<Zeros>();
        var dense = (Dense)ObjectConfig.Read<Layer>(JsonNode.Parse("""{"class_name":"Dense","config":{"units":2,"kernel_initializer":"he_normal"}}""")!);
        dense.KernelInitializer.Should().BeOfType<HeNormal>();
    }

    [Test]
    public void Numbers_that_are_not_finite_are_kept()
    {
        var written = ConfigWriter.Number(double.PositiveInfinity).ToJsonString();
        ConfigReader.Read(JsonNode.Parse(written), typeof(double), "x").Should().Be(double.PositiveInfinity);
        ConfigReader.Read(JsonNode.Parse(ConfigWriter.Number(double.NaN).ToJsonString()), typeof(double), "x").Should().Be(double.NaN);
        ConfigWriter.Number(1).ToJsonString().Should().Be("1.0", "Keras tells a float from an integer by the point");
    }

    [Test]
    public void Arrays_of_numbers_keep_their_shape()
    {
        var constant = new Constant(new Numbers([1, 2, 3, 4, 5, 6], new Shape(2, 3)));
        var written = ObjectConfig.Write(constant);
        written["config"]!.ToJsonString().Should().Be("""{"value":[[1.0,2.0,3.0],[4.0,5.0,6.0]]}""");
        ((Constant)ObjectConfig.Read<Initializer>(written)).Value.Should().Equal(constant.Value);
        ((Constant)ObjectConfig.Read<Initializer>(written)).Value.Shape.Should().Equal(2, 3);
        var ragged = JsonNode.Parse("""{"class_name":"Constant","config":{"value":[[1,2],[3]]}}""")!;
        FluentActions.Invoking(() => ObjectConfig.Read<Initializer>(ragged)).Should().Throw<KerasException>().WithMessage("Constant.value expects a number or a list of numbers*");
    }

    [Test]
    public void A_users_class_is_found_once_it_is_registered()
    {
        var written = ObjectConfig.Write(new Doubling(3));
        written["registered_name"]!.GetValue<string>().Should().Be("Doubling");
        Keras.Register<Layer>(typeof(Doubling));
        ((Doubling)ObjectConfig.Read<Layer>(written)).Factor.Should().Be(3);
    }

    [TestCase("""{"class_name":"Densse","config":{}}""", "Unknown layer \"Densse\"*\"Dense\"*")]
    [TestCase("""{"class_name":"Dense","config":{}}""", "*Dense lacks 'units', which has no default; it holds none*")]
    [TestCase("""{"class_name":"Dense","config":{"units":3,"unitz":4}}""", "*Dense holds 'unitz' = 4*'units'*")]
    [TestCase("""{"class_name":"Dense","config":{"units":"many"}}""", "Dense.units expects a whole number but the config holds \"many\"*")]
    [TestCase("""{"class_name":"Dense","config":{"units":2.5}}""", "Dense.units expects a whole number but the config holds 2.5*")]
    [TestCase("""{"class_name":"Dense","config":{"units":2,"use_bias":"yes"}}""", "Dense.use_bias expects true or false*")]
    [TestCase("""{"class_name":"Dense","config":{"units":2,"activation":"rellu"}}""", "Unknown activation \"rellu\"*\"relu\"*")]
    [TestCase("""{"class_name":"Dense","config":{"units":2,"kernel_initializer":3}}""", "Dense.kernel_initializer expects the config or the name of a class (initializer) but the config holds 3*")]
    [TestCase("""{"class_name":"Dense","config":{"units":-2}}""", "*units must be a positive number*")]
    [TestCase("""{"class_name":"Dense","config":[]}""", "Dense config expects an object*")]
    [TestCase("""{"config":{}}""", "The config of a layer needs a text 'class_name' but its keys are 'config'*")]
    [TestCase("""{"class_name":"Dense","config":{"units":2,"dtype":"float31"}}""", "Unknown dtype \"float31\"*")]
    [TestCase("""{"class_name":"InputLayer","config":{"name":"x"}}""", "*InputLayer lacks 'batch_shape'*")]
    [TestCase("""{"class_name":"InputLayer","config":{"batch_shape":[null,2],"sparse":true}}""", "*InputLayer holds 'sparse' = true*")]
    [TestCase("""{"class_name":"InputLayer","config":{"batch_shape":[null,"x"]}}""", "InputLayer.batch_shape expects a list of extents*")]
    public void What_cannot_be_read_is_named(string json, string message) =>
        FluentActions.Invoking(() => ObjectConfig.Read<Layer>(JsonNode.Parse(json)!)).Should().Throw<KerasException>().WithMessage(message);

    [Test]
    public void What_is_not_data_is_refused_when_writing()
    {
        FluentActions.Invoking(() => ObjectConfig.Write("text")).Should().Throw<KerasException>().WithMessage("String has no config*");
        FluentActions.Invoking(() => ObjectConfig.Write(new Dense(2, ActivationFunction.Create("mine", x => x)))).Should().Throw<KerasException>().WithMessage("*activation: the function 'mine' is not known by name*Register*");
        FluentActions.Invoking(() => ObjectConfig.Write(new TwoConstructors())).Should().Throw<KerasException>().WithMessage("TwoConstructors has 2 public constructors*");
        FluentActions.Invoking(() => ObjectConfig.Write(new NoProperty(1))).Should().Throw<KerasException>().WithMessage("NoProperty cannot be saved: its constructor parameter 'factor' has no public property 'Factor'*");
        FluentActions.Invoking(() => ObjectConfig.Write(new HoldsCode(() => 1))).Should().Throw<KerasException>().WithMessage("HoldsCode*, function: a value of type Func`1 is code*");
        FluentActions.Invoking(() => ObjectConfig.Write(new Lambda(x => x, name: "code"))).Should().Throw<KerasException>().WithMessage("Lambda 'code', function: a value of type Func`2 is code*Keras.Register<Layer>*SaveWeights*");
        FluentActions.Invoking(() => ObjectConfig.Read<Model>(ObjectConfig.Write(new Dense(2)))).Should().Throw<KerasException>().WithMessage("The config expects a Model*");
    }

    private sealed class Doubling(double factor, Shape? inputShape = null, string? name = null) : Layer(inputShape, name)
    {
        public double Factor { get; } = factor;
    }

    private sealed class TwoConstructors : Layer
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(string name)
            : base(null, name)
        {
        }
    }

    private sealed class NoProperty(double factor) : Layer
    {
        public override Shape ComputeOutputShape(Shape input) => factor > 0 ? input : Shape.Scalar;
    }

    private sealed class HoldsCode(Func<int> function) : Layer
    {
        public Func<int> Function { get; } = function;
    }
}
