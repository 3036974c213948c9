// Which bucket of the store?
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final S3Bucket BUCKET = S3Bucket.of(«"https://s3.internal"»); //! 'https://s3.internal' is no bucket; write http:// or https://, the store's host, a port where it is another, '/', and the bucket's name
    //= static final S3Bucket BUCKET = S3Bucket.of("https://s3.internal/home-backup");
}
