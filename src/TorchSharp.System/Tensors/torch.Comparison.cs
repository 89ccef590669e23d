namespace TorchSharp;

// Comparing and ordering.
public static partial class torch
{
    public static Tensor eq(Tensor input, Tensor target) => input.eq(target);
    public static Tensor ne(Tensor input, Tensor target) => input.ne(target);
    public static Tensor lt(Tensor input, Tensor target) => input.lt(target);
    public static Tensor le(Tensor input, Tensor target) => input.le(target);
    public static Tensor gt(Tensor input, Tensor target) => input.gt(target);
    public static Tensor ge(Tensor input, Tensor target) => input.ge(target);
    public static Tensor equal(Tensor input, Tensor target) => input.equal(target);
    public static Tensor not_equal(Tensor input, Tensor target) => input.not_equal(target);
    public static Tensor less(Tensor input, Tensor target) => input.less(target);
    public static Tensor less_equal(Tensor input, Tensor target) => input.less_equal(target);
    public static Tensor greater(Tensor input, Tensor target) => input.greater(target);
    public static Tensor greater_equal(Tensor input, Tensor target) => input.greater_equal(target);
    public static bool allclose(Tensor input, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => input.allclose(target, rtol, atol, equal_nan);
    public static Tensor isclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => input.isclose(other, rtol, atol, nanEqual);
    public static Tensor isin(Tensor input, Tensor test_elements, bool assumeUnique = false, bool invert = false) => input.isin(test_elements, assumeUnique, invert);
    public static (Tensor values, Tensor indexes) topk(Tensor input, int k, int dim = -1, bool largest = true, bool sorted = true) => input.topk(k, dim, largest, sorted);
    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => input.sort(dim, descending, stable);
    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);
    public static Tensor msort(Tensor input) => input.msort();
    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);
    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) => input.bucketize(boundaries, outInt32, right);
}
